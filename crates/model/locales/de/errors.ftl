# Was an einem Gerät oder Netz scheitern kann.

model-this-build-has-no = dieser Build enthält kein Demomodell: Öffnen Sie einen Checkpoint mit Modell > Modell öffnen…, oder bauen Sie mit dem Feature `demo-model`
model-cannot-be-written = { $file } lässt sich nicht schreiben: { $source }
model-no-memory =
    { $count ->
        [one] { $device } hat nicht genug Speicher, um { $count } Bild zu beurteilen: Schließen Sie andere Programme, die es benutzen, oder wählen Sie Modell > Gerät: Prozessor
       *[other] { $device } hat nicht genug Speicher, um { $count } Bilder auf einmal zu beurteilen: Schließen Sie andere Programme, die es benutzen, oder wählen Sie Modell > Gerät: Prozessor
    }
model-no-longer-responds-load = { $device } antwortet nicht mehr ({ $reason }): Laden Sie das Modell neu, oder fahren Sie auf dem Prozessor fort (Modell > Gerät: Prozessor)
model-model-this-started-with = das Modell, mit dem dies begonnen wurde, ist nicht mehr geladen: Beginnen Sie neu
model-network-failed-on = das Netz ist auf { $device } gescheitert: { $reason }
model-device = Gerät { $choice }: { $reason }
model-there-no-class = es gibt keine Klasse { $class }
model-returns-numbers-not-finite = { $info } liefert Zahlen, die nicht endlich sind: Seine Gewichte sind beschädigt, oder sein Training ist divergiert
model-auto-chose-cpu = „auto“ wählte den Prozessor: { $reason }
model-this-build-has-no-metal = dieser Build hat kein Metal; auf einem Mac hat es ein Build mit dem Feature metal (ungetestet); sonst wählen Sie Modell > Gerät: Prozessor
model-metal-computes-f32-not = Metal rechnet in f32 und nicht in { $precision }
model-metal-cannot-be-opened = Metal lässt sich nicht öffnen ({ $error }); wählen Sie Modell > Gerät: Prozessor
model-this-cpu-build-flipscope = dies ist der Prozessor-Build von flipscope; nötig ist der CUDA-Build (docs/cuda.md im Quelltext beschreibt ihn), oder wählen Sie Modell > Gerät: Prozessor
model-this-build-has-no-cudnn = dieser Build hat kein cuDNN und rechnet nur in f32; für { $precision } ist der Build mit cuDNN nötig (docs/cuda.md im Quelltext)
model-driver-finds-no-nvidia = der Treiber findet keine NVIDIA-Karte
model-there-fewer-cards-nvidia = es gibt weniger Karten: `nvidia-smi` listet sie auf, ab 0 gezählt
model-libcuda-so-1-stand = libcuda.so.1 ist ein Platzhalter zum Linken und nicht die des Treibers: Installieren Sie den NVIDIA-Treiber
model-driver-library-kernel-module = die Bibliothek und das Kernelmodul des Treibers haben verschiedene Versionen: Starten Sie den Rechner neu
model-nvidia-driver-older-than = der NVIDIA-Treiber ist älter als das CUDA, mit dem dies gebaut wurde: CUDA 13 braucht 580 oder neuer
model-other-programs-use-all = andere Programme belegen den ganzen Speicher der Karte
model-cudnn-does-not-start = cuDNN startet nicht: Es braucht eine libcudnn.so.9 für dieses CUDA und diese Karte
model-see-nvidia-smi = siehe `nvidia-smi`
model-cuda-device-cannot-be = CUDA-Gerät { $n } lässt sich nicht öffnen: { $cause } ({ $message }). docs/cuda.md im Quelltext sagt mehr; Modell > Gerät: Prozessor geht auch ohne
model-inputs-not-pictures-8 = Eingaben, die keine 8-Bit-Bilder sind (Verdeckung, Saliency-Karten), werden nicht auf einer Karte berechnet: Wählen Sie Modell > Gerät: Prozessor
model-gradients-not-made-on = Gradienten werden in diesem Build nicht auf diesem Gerät berechnet: Für eine NVIDIA-Karte ist der Build mit cuDNN nötig (docs/cuda.md im Quelltext), oder wählen Sie Modell > Gerät: Prozessor
model-this-explanation-looks-into = diese Erklärung blickt in das Netz selbst und kennt keine Gegenmaßnahme (hier { $remedy }): Lassen Sie die Gegenmaßnahme weg, oder nehmen Sie eine Landschaft oder die kleinsten Änderungen, die ganze Bilder beurteilen
model-packed-codes = gepackte Codes
model-network-gave-no-gradient = das Netz lieferte keinen Gradienten
model-network-gave-another-number = das Netz lieferte eine andere Zahl von Urteilen, als es Bilder gab
model-bug-flipscope-see-what = ein Fehler in flipscope: Sehen Sie nach, was es auf der Standardfehlerausgabe geschrieben hat
model-network-gave-no-verdict = das Netz lieferte kein Urteil
model-cpu =
    { $count ->
        [one] CPU, { $count } Thread
       *[other] CPU, { $count } Threads
    }
model-without-cudnn = { $card }, ohne cuDNN
