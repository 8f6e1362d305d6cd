# Figures of altered pictures, and contact sheets.

figure-original = Original
figure-altered = Altered
figure-difference = Difference × { $gain }
figure-difference-scale = of 255, each channel; grey: no change
figure-difference-clipped = Clipped: { $percent } % of the pixels changed by more than this.
figure-p-melanoma = P(melanoma) { $p }
figure-no-flip = No flip.
figure-outcome-no-flip = no flip
figure-apart = ΔE2000 { $mean } on average, { $most } at most · SSIM { $ssim }
figure-label = Label: { $label }
figure-source = threshold { $threshold } · model { $model }{ $remedy } · not a diagnosis
