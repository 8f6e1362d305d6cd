//! In which type a search's candidates are judged where the final verdicts are computed in another.

use crate::search::attack::Attack;
use crate::search::question::{Mode, Preset};
use crate::search::strategy::Strategy;
use flipscope_model::{ClassifierError, DeviceKind, Precision};

/// What the choice depends on.
#[derive(Clone, Copy, Debug)]
pub struct Proposing<'a> {
    /// The device.
    pub device: DeviceKind,
    /// The type of the final verdicts.
    pub verdicts: Precision,
    /// The attack.
    pub attack: &'a Attack,
    /// The question.
    pub mode: Mode,
    /// The strategy.
    pub strategy: Strategy,
}

impl Proposing<'_> {
    /// Whether candidates can be judged in another type at all: FGSM has only gradients and final verdicts, and nearly every frame of a
    /// search for the smallest change would be judged twice.
    #[must_use]
    pub fn is_useful(self) -> bool {
        !matches!(self.attack, Attack::Fgsm(_)) && self.mode != Mode::Smallest
    }

    /// The type in which candidates are judged; `None` where it is that of the final verdicts.
    ///
    /// It is what was `asked`. Where nothing was: bf16 on an NVIDIA card, which is many times faster in it, for searches by
    /// [`Strategy::Auto`] whose verdicts are in f32. What the letter did stays as it was, to the last bit, and so does evolution, which is
    /// compared with it; a grid is what searches are compared with. A processor gains too little, if it has bf16 at all. The smallest change
    /// lies at the threshold, where nearly every frame would be judged twice.
    #[must_use]
    pub fn precision(self, asked: Option<Precision>) -> Option<Precision> {
        if let Some(asked) = asked {
            return Some(asked).filter(|&asked| asked != self.verdicts);
        }
        let pays = self.device == DeviceKind::Card
            && self.verdicts == Precision::F32
            && self.strategy == Strategy::Auto
            && self.is_useful()
            && self.attack.has_strategies()
            && self.attack.which_preset() != Preset::Letter;
        pays.then_some(Precision::Bf16)
    }
}

/// Why a network cannot be loaded in the type that was asked for candidates: the flag is another one than that of the verdicts.
#[must_use]
pub fn not_loaded(error: &ClassifierError) -> String {
    (error.to_string()).replace("precision f32", "proposal-precision f32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::attack::AttackKind;

    fn choice(
        device: DeviceKind,
        (kind, preset): (AttackKind, Preset),
        (mode, strategy): (Mode, Strategy),
        asked: Option<Precision>,
    ) -> Option<Precision> {
        let attack = Attack::preset(kind, preset);
        Proposing {
            device,
            verdicts: Precision::F32,
            attack: &attack,
            mode,
            strategy,
        }
        .precision(asked)
    }

    #[test]
    fn on_a_card_auto_proposes_in_bf16_and_nothing_else_does() {
        let colour = (AttackKind::Colour, Preset::Default);
        let first = (Mode::First, Strategy::Auto);
        let on = |device| choice(device, colour, first, None);
        assert_eq!(on(DeviceKind::Card), Some(Precision::Bf16));
        assert_eq!(on(DeviceKind::Processor), None);
        assert_eq!(on(DeviceKind::WithoutCudnn), None);
        let card = |of, how| choice(DeviceKind::Card, of, how, None);
        for kind in [AttackKind::Colour, AttackKind::Pose, AttackKind::Pixels] {
            for mode in [Mode::First, Mode::Lowest] {
                let auto = card((kind, Preset::Default), (mode, Strategy::Auto));
                assert_eq!(auto, Some(Precision::Bf16), "{kind:?} {mode}");
                for strategy in Strategy::ALL.into_iter().filter(|&s| s != Strategy::Auto) {
                    assert_eq!(card((kind, Preset::Default), (mode, strategy)), None);
                }
                // The letter's, by whichever strategy.
                for strategy in Strategy::ALL {
                    assert_eq!(card((kind, Preset::Letter), (mode, strategy)), None);
                }
            }
            let smallest = (Mode::Smallest, Strategy::Auto);
            assert_eq!(card((kind, Preset::Default), smallest), None);
        }
        for kind in [AttackKind::Fgsm, AttackKind::Grid] {
            assert_eq!(card((kind, Preset::Default), first), None);
        }
    }

    #[test]
    fn what_is_asked_decides_unless_it_is_what_the_verdicts_are_computed_in() {
        let colour = (AttackKind::Colour, Preset::Letter);
        let evolution = (Mode::Lowest, Strategy::Evolution);
        for device in [DeviceKind::Card, DeviceKind::Processor] {
            let asked = |precision| choice(device, colour, evolution, Some(precision));
            assert_eq!(asked(Precision::Bf16), Some(Precision::Bf16));
            assert_eq!(asked(Precision::Tf32), Some(Precision::Tf32));
            assert_eq!(asked(Precision::F32), None);
        }
        let attack = Attack::preset(AttackKind::Colour, Preset::Default);
        let tf32 = Proposing {
            device: DeviceKind::Card,
            verdicts: Precision::Tf32,
            attack: &attack,
            mode: Mode::First,
            strategy: Strategy::Auto,
        };
        assert_eq!(tf32.precision(None), None, "the verdicts are in tf32");
        assert_eq!(tf32.precision(Some(Precision::Tf32)), None);
        assert_eq!(tf32.precision(Some(Precision::F32)), Some(Precision::F32));
    }
}
