# Was an einem Gerät oder Netz scheitern kann.

model-none-embedded = dieser Build enthält kein Demomodell: Öffnen Sie einen Checkpoint mit Modell > Modell öffnen…, oder bauen Sie mit dem Feature `demo-model`
model-file-unwritable = { $file } lässt sich nicht schreiben: { $source }
model-no-memory =
    { $count ->
        [one] { $device } hat nicht genug Speicher, um { $count } Bild zu beurteilen: Schließen Sie andere Programme, die es benutzen, oder wählen Sie Modell > Gerät: Prozessor
       *[other] { $device } hat nicht genug Speicher, um { $count } Bilder auf einmal zu beurteilen: Schließen Sie andere Programme, die es benutzen, oder wählen Sie Modell > Gerät: Prozessor
    }
device-lost = { $device } antwortet nicht mehr ({ $reason }): Laden Sie das Modell neu, oder fahren Sie auf dem Prozessor fort (Modell > Gerät: Prozessor)
model-replaced = das Modell, mit dem dies begonnen wurde, ist nicht mehr geladen: Beginnen Sie neu
device-failed = das Netz ist auf { $device } gescheitert: { $reason }
model-device = Gerät { $choice }: { $reason }
model-class-unknown = es gibt keine Klasse { $class }
model-output-not-finite = { $info } liefert Zahlen, die nicht endlich sind: Seine Gewichte sind beschädigt, oder sein Training ist divergiert
device-auto-fell-back = „auto“ wählte den Prozessor: { $reason }
device-build-without-metal = dieser Build hat kein Metal; auf einem Mac hat es ein Build mit dem Feature metal (ungetestet); sonst wählen Sie Modell > Gerät: Prozessor
device-metal-precision = Metal rechnet in f32 und nicht in { $precision }
device-metal-unavailable = Metal lässt sich nicht öffnen ({ $error }); wählen Sie Modell > Gerät: Prozessor
device-build-without-cuda = dies ist der Prozessor-Build von flipscope; nötig ist der CUDA-Build (docs/cuda.md im Quelltext beschreibt ihn), oder wählen Sie Modell > Gerät: Prozessor
device-build-without-cudnn = dieser Build hat kein cuDNN und rechnet nur in f32; für { $precision } ist der Build mit cuDNN nötig (docs/cuda.md im Quelltext)
cuda-no-card = der Treiber findet keine NVIDIA-Karte
cuda-card-number = es gibt weniger Karten: `nvidia-smi` listet sie auf, ab 0 gezählt
cuda-stub-library = libcuda.so.1 ist ein Platzhalter zum Linken und nicht die des Treibers: Installieren Sie den NVIDIA-Treiber
cuda-driver-mismatch = die Bibliothek und das Kernelmodul des Treibers haben verschiedene Versionen: Starten Sie den Rechner neu
cuda-driver-too-old = der NVIDIA-Treiber ist älter als das CUDA, mit dem dies gebaut wurde: CUDA 13 braucht 580 oder neuer
cuda-memory-taken = andere Programme belegen den ganzen Speicher der Karte
cuda-cudnn-unavailable = cuDNN startet nicht: Es braucht eine libcudnn.so.9 für dieses CUDA und diese Karte
cuda-see-nvidia-smi = siehe `nvidia-smi`
cuda-unavailable = CUDA-Gerät { $n } lässt sich nicht öffnen: { $cause } ({ $message }). docs/cuda.md im Quelltext sagt mehr; Modell > Gerät: Prozessor geht auch ohne
device-takes-frames-only = Eingaben, die keine 8-Bit-Bilder sind (Verdeckung, Saliency-Karten), werden nicht auf einer Karte berechnet: Wählen Sie Modell > Gerät: Prozessor
device-without-gradients = Gradienten werden in diesem Build nicht auf diesem Gerät berechnet: Für eine NVIDIA-Karte ist der Build mit cuDNN nötig (docs/cuda.md im Quelltext), oder wählen Sie Modell > Gerät: Prozessor
explanation-knows-no-remedy = diese Erklärung blickt in das Netz selbst und kennt keine Gegenmaßnahme (hier { $remedy }): Lassen Sie die Gegenmaßnahme weg, oder nehmen Sie eine Landschaft oder die kleinsten Änderungen, die ganze Bilder beurteilen
model-packed-codes = gepackte Codes
network-without-gradient = das Netz lieferte keinen Gradienten
network-verdict-count = das Netz lieferte eine andere Zahl von Urteilen, als es Bilder gab
scheduler-bug = ein Fehler in flipscope: Sehen Sie nach, was es auf der Standardfehlerausgabe geschrieben hat
network-without-verdict = das Netz lieferte kein Urteil
model-cpu =
    { $count ->
        [one] CPU, { $count } Thread
       *[other] CPU, { $count } Threads
    }
model-without-cudnn = { $card }, ohne cuDNN
model-changed-since-loaded = { $name } ist eine andere Datei als beim Laden
model-not-from-a-file = es kann nicht noch einmal geladen werden, um in einem anderen Typ zu rechnen: Seine Gewichte kamen nicht aus einer Datei
