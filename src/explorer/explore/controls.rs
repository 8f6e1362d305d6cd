//! The numbers that a person can change: name, unit, range of the slider, range of the number field, and where in the
//! perturbation the value is.

use flipscope_base::number::Unit;
use flipscope_image::perturb::{NEUTRAL_KELVIN, Perturbation, to_decimals};
use flipscope_language::text;

/// A slider of the *Alter* pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Control {
    /// Gain of the red channel.
    GainRed,
    /// Gain of the green channel.
    GainGreen,
    /// Gain of the blue channel.
    GainBlue,
    /// Offset of the red channel.
    OffsetRed,
    /// Offset of the green channel.
    OffsetGreen,
    /// Offset of the blue channel.
    OffsetBlue,
    /// Colour temperature of the lamp.
    Kelvin,
    /// Rotation.
    Rotation,
    /// Horizontal shift.
    ShiftX,
    /// Vertical shift.
    ShiftY,
}

impl Control {
    /// All of them, in the order of the pane.
    pub const ALL: [Self; 10] = [
        Self::GainRed,
        Self::GainGreen,
        Self::GainBlue,
        Self::OffsetRed,
        Self::OffsetGreen,
        Self::OffsetBlue,
        Self::Kelvin,
        Self::Rotation,
        Self::ShiftX,
        Self::ShiftY,
    ];

    /// Accessible name.
    pub fn name(self) -> &'static str {
        match self {
            Self::GainRed => text!("control-gain-red"),
            Self::GainGreen => text!("control-gain-green"),
            Self::GainBlue => text!("control-gain-blue"),
            Self::OffsetRed => text!("control-offset-red"),
            Self::OffsetGreen => text!("control-offset-green"),
            Self::OffsetBlue => text!("control-offset-blue"),
            Self::Kelvin => text!("control-lamp"),
            Self::Rotation => text!("control-rotation"),
            Self::ShiftX => text!("control-shift-x"),
            Self::ShiftY => text!("control-shift-y"),
        }
    }

    /// Name of the button that puts it back.
    pub(crate) fn reset_name(self) -> &'static str {
        match self {
            Self::GainRed => text!("control-gain-red.reset"),
            Self::GainGreen => text!("control-gain-green.reset"),
            Self::GainBlue => text!("control-gain-blue.reset"),
            Self::OffsetRed => text!("control-offset-red.reset"),
            Self::OffsetGreen => text!("control-offset-green.reset"),
            Self::OffsetBlue => text!("control-offset-blue.reset"),
            Self::Kelvin => text!("control-lamp.reset"),
            Self::Rotation => text!("control-rotation.reset"),
            Self::ShiftX => text!("control-shift-x.reset"),
            Self::ShiftY => text!("control-shift-y.reset"),
        }
    }

    /// Name within its group.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::GainRed | Self::OffsetRed => text!("control-red"),
            Self::GainGreen | Self::OffsetGreen => text!("control-green"),
            Self::GainBlue | Self::OffsetBlue => text!("control-blue"),
            Self::Kelvin | Self::Rotation => self.name(),
            Self::ShiftX => text!("control-shift-x.short"),
            Self::ShiftY => text!("control-shift-y.short"),
        }
    }

    /// The unit of the number.
    pub(crate) fn unit(self) -> Unit {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => Unit::Times,
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => Unit::None,
            Self::Kelvin => Unit::Kelvin,
            Self::Rotation => Unit::Turn,
            Self::ShiftX | Self::ShiftY => Unit::Pixels,
        }
    }

    /// What it does, for the tooltip.
    pub fn hint(self) -> &'static str {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => text!("control-gain-hover"),
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => text!("control-offset-hover"),
            Self::Kelvin => text!("control-lamp.hover"),
            Self::Rotation => text!("control-rotation.hover"),
            Self::ShiftX => text!("control-shift-x.hover"),
            Self::ShiftY => text!("control-shift-y.hover"),
        }
    }

    /// Range of the slider: what a photographer could plausibly do.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => (0.8, 1.2),
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => (-40.0, 40.0),
            // From an incandescent lamp to a blue sky, in steps that hit the neutral lamp.
            Self::Kelvin => (2_712.0, 10_008.0),
            Self::Rotation => (-180.0, 180.0),
            Self::ShiftX | Self::ShiftY => (-60.0, 60.0),
        }
    }

    /// Range of the number field: wider than the slider's, but within what a perturbation allows (`Perturbation::validate`).
    pub fn limits(self) -> (f64, f64) {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => (0.0, 4.0),
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => (-255.0, 255.0),
            Self::Kelvin => Perturbation::KELVIN.into(),
            Self::Rotation => (-360.0, 360.0),
            Self::ShiftX | Self::ShiftY => (-299.0, 299.0),
        }
    }

    /// Step of the slider and of the arrow keys.
    pub fn step(self) -> f64 {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => 0.005,
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => 1.0,
            Self::Kelvin => 24.0,
            Self::Rotation | Self::ShiftX | Self::ShiftY => 0.5,
        }
    }

    /// The nearest value of the slider, rounded to six digits to remove the error of doubles.
    pub fn snap(self, value: f64) -> f64 {
        ((value / self.step()).round() * self.step() * 1e6).round() / 1e6
    }

    /// Decimals shown in the field: at least, and at most. [`more_decimals`] may be needed besides.
    pub fn decimals(self) -> (usize, usize) {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => (3, 4),
            Self::OffsetRed | Self::OffsetGreen | Self::OffsetBlue => (0, 2),
            Self::Kelvin => (0, 1),
            Self::Rotation | Self::ShiftX | Self::ShiftY => (1, 2),
        }
    }

    /// Whether it moves the picture, and leaves its colours.
    pub(crate) fn is_of_pose(self) -> bool {
        matches!(self, Self::Rotation | Self::ShiftX | Self::ShiftY)
    }

    /// Its value if nothing is altered.
    pub fn neutral(self) -> f64 {
        match self {
            Self::GainRed | Self::GainGreen | Self::GainBlue => 1.0,
            Self::Kelvin => NEUTRAL_KELVIN,
            _ => 0.0,
        }
    }

    /// Its value in a perturbation.
    pub fn get(self, perturbation: &Perturbation) -> f64 {
        let Perturbation {
            shift: [x, y],
            rotate,
            kelvin,
            gain: [gain_red, gain_green, gain_blue],
            offset: [offset_red, offset_green, offset_blue],
            ..
        } = *perturbation;
        match self {
            Self::GainRed => gain_red,
            Self::GainGreen => gain_green,
            Self::GainBlue => gain_blue,
            Self::OffsetRed => offset_red,
            Self::OffsetGreen => offset_green,
            Self::OffsetBlue => offset_blue,
            Self::Kelvin => kelvin,
            Self::Rotation => rotate,
            Self::ShiftX => x,
            Self::ShiftY => y,
        }
    }

    /// The perturbation with this value changed.
    #[must_use]
    pub fn set(self, perturbation: &Perturbation, value: f64) -> Perturbation {
        let mut changed = perturbation.clone();
        let Perturbation {
            shift: [x, y],
            rotate,
            kelvin,
            gain: [gain_red, gain_green, gain_blue],
            offset: [offset_red, offset_green, offset_blue],
            ..
        } = &mut changed;
        let place = match self {
            Self::GainRed => gain_red,
            Self::GainGreen => gain_green,
            Self::GainBlue => gain_blue,
            Self::OffsetRed => offset_red,
            Self::OffsetGreen => offset_green,
            Self::OffsetBlue => offset_blue,
            Self::Kelvin => kelvin,
            Self::Rotation => rotate,
            Self::ShiftX => x,
            Self::ShiftY => y,
        };
        let (low, high) = self.limits();
        *place = value.clamp(low, high);
        changed
    }
}

/// How many decimals more the fields of colour show than [`Control::decimals`], so that the numbers that they show give the same
/// colours when they are typed elsewhere; as many as have room, if none do.
pub(crate) fn more_decimals(perturbation: &Perturbation) -> usize {
    const ROOM: usize = 3;
    let shown = |more: usize| {
        let number = |control: Control| {
            let (_, most) = control.decimals();
            move |value: f64| to_decimals(value, most + more)
        };
        Perturbation {
            kelvin: number(Control::Kelvin)(perturbation.kelvin),
            tint: perturbation.tint,
            gain: perturbation.gain.map(number(Control::GainRed)),
            offset: perturbation.offset.map(number(Control::OffsetRed)),
            ..Perturbation::default()
        }
    };
    let same = |more: &usize| shown(*more).has_colours_of(perturbation);
    (0..ROOM).find(same).unwrap_or(ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_show_as_many_decimals_as_the_colours_need() {
        let mut found = Perturbation {
            gain: [0.994_2, 1.0, 1.0],
            offset: [-0.35, 0.0, 0.0],
            kelvin: 5_400.0,
            ..Perturbation::default()
        };
        assert_eq!(more_decimals(&found), 0);
        // 173 becomes 172; with four digits, 0.9942 · 173 = 171.997 becomes 171.
        found = Perturbation {
            gain: [172.000_5 / 173.0, 1.0, 1.0],
            ..Perturbation::default()
        };
        assert_eq!(more_decimals(&found), 1);
        found.gain = [1.0, 1.0 - 1e-12, 1.0];
        assert_eq!(more_decimals(&found), 3, "all that have room");
    }
}
