//! An axis of a landscape as it is typed: NAME, or NAME,FROM,TO, or NAME,FROM,TO,COUNT.

use std::str::FromStr;

use flipscope_lab::explain::landscape::{LandscapeAxis, Parameter};

/// Values along an axis, if no number is given.
const COUNT: usize = 25;

/// An axis of a landscape.
#[derive(Clone, Copy, Debug)]
pub(super) struct AxisFlag(pub(super) LandscapeAxis);

impl FromStr for AxisFlag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let usage = "give NAME, or NAME,FROM,TO, or NAME,FROM,TO,COUNT, e.g. rotate,-90,90,37";
        let mut parts = text.split(',').map(str::trim);
        let parameter: Parameter = (parts.next().unwrap_or_default())
            .parse()
            .map_err(|error| format!("{error}; {usage}"))?;
        let rest: Vec<&str> = parts.collect();
        let number = |text: &str| {
            let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
            value.ok_or_else(|| usage.to_owned())
        };
        let ([from, to], count) = match rest.as_slice() {
            [] => (parameter.range(), COUNT),
            [from, to] => ([number(from)?, number(to)?], COUNT),
            [from, to, count] => (
                [number(from)?, number(to)?],
                count.parse().map_err(|_| usage.to_owned())?,
            ),
            _ => return Err(usage.to_owned()),
        };
        Ok(Self(LandscapeAxis::new(parameter, [from, to], count)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_read_as_it_is_typed() {
        let read = |text: &str| {
            let axis = text.parse::<AxisFlag>().map(|axis| axis.0);
            axis.map(|axis| (axis.parameter.name(), axis.from, axis.to, axis.count))
        };
        assert_eq!(read("rotate"), Ok(("rotate", -180.0, 180.0, 25)));
        assert_eq!(read("gain-r,0.8,1.2"), Ok(("gain-r", 0.8, 1.2, 25)));
        assert_eq!(read("shift-x,-5,5,11"), Ok(("shift-x", -5.0, 5.0, 11)));
        for wrong in [
            "",
            "zoom",
            "rotate,1",
            "rotate,a,b",
            "rotate,0,1,2,3",
            "rotate,0,inf",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
