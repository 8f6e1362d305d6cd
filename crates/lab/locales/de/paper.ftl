# Abbildungen veränderter Bilder und Übersichtsblätter.

figure-original = Original
figure-altered = Verändert
figure-difference = Differenz × { $gain }
figure-difference-scale = von 255, je Kanal; grau: keine Änderung
figure-difference-clipped = Abgeschnitten: { $percent } % der Pixel haben sich stärker verändert.
figure-p-melanoma = P(Melanom) { $p }
figure-no-flip = Kippt nicht.
figure-outcome-no-flip = kippt nicht
figure-apart = ΔE2000 { $mean } im Mittel, höchstens { $most } · SSIM { $ssim }
figure-label = Diagnose laut Tabelle: { $label }
figure-source = Schwelle { $threshold } · Modell: { $model }{ $remedy } · keine Diagnose
