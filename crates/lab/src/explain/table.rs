//! Maps as CSV.
//!
//! - A map of the picture (occlusion, saliency, Grad-CAM): one line for each row, from the top, with one number for each column, and
//!   nothing else: what `numpy.loadtxt(file, delimiter=",")` reads.
//! - A landscape: a header, then a line for each point, row by row: the values of the axes as they were used, and P of each model.
//!
//! Every number is written with as many digits as are needed to read the same f32 or f64 back; what is not finite, as `NaN`, `inf`
//! or `-inf`.

use std::fmt::Write as _;

use super::map::{Map, Method};
use super::summary::Summary;
use flipscope_base::untrusted::csv_text;

/// The file's text.
#[must_use]
pub fn csv(map: &Map) -> String {
    match map.method {
        Method::Landscape => landscape_csv(&[map]),
        _ => grid(map),
    }
}

/// A summary as CSV: a line for each family, in the order of [`Summary::in_order`]; what did not flip has empty cells, and of a family that
/// was not judged only `judged` (`0`) and the name and unit are there, `flips` is empty.
#[must_use]
pub fn summary_csv(summary: &Summary) -> String {
    let mut text =
        "family,flips,size,unit,words,p_melanoma,delta_e_mean,judged,up_to,exhaustive\n".to_owned();
    for (family, one) in summary.in_order() {
        let flip = one.and_then(|one| one.flip.as_ref());
        let number = |value: Option<String>| value.unwrap_or_default();
        writeln!(
            text,
            "{},{},{},{},\"{}\",{},{},{},{},{}",
            family.name(),
            number(one.map(|one| one.flip.is_some().to_string())),
            number(flip.map(|flip| flip.size.to_string())),
            family.unit(),
            csv_text(flip.map_or("", |flip| &flip.words)),
            number(flip.map(|flip| flip.p_melanoma.to_string())),
            number(flip.map(|flip| flip.delta_e.to_string())),
            one.map_or(0, |one| one.judged),
            number(one.map(|one| one.up_to.to_string())),
            number(one.map(|one| one.exhaustive.to_string()))
        )
        .ok();
    }
    text
}

/// The same landscape of several models as CSV: a column for each model.
#[must_use]
pub fn landscape_csv(models: &[&Map]) -> String {
    let Some(first) = models.first() else {
        return String::new();
    };
    let one_axis = first.rows.values.len() <= 1;
    let p = first.quantity.name().replace("P(", "p_").replace(')', "");
    let p = p.replace([' ', ','], "_");
    let mut header = vec![first.columns.name.clone()];
    if !one_axis {
        header.push(first.rows.name.clone());
    }
    header.push(p.clone());
    header.extend((2..=models.len()).map(|model| format!("{p}_of_model_{model}")));
    let mut text = format!("{}\n", header.join(","));
    let places = (first.rows.values.iter())
        .flat_map(|row| first.columns.values.iter().map(move |column| (column, row)));
    for (at, (column, row)) in places.enumerate() {
        write!(text, "{column}").ok();
        if !one_axis {
            write!(text, ",{row}").ok();
        }
        for model in models {
            let value = model.values.get(at).copied().unwrap_or(f32::NAN);
            write!(text, ",{value}").ok();
        }
        text.push('\n');
    }
    text
}

fn grid(map: &Map) -> String {
    let mut text = String::new();
    for line in map.lines() {
        let cells: Vec<String> = line.iter().map(f32::to_string).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::map::{Axis, Quantity};
    use super::*;
    use flipscope_model::{Score, Verdict};

    fn map(method: Method) -> Map {
        let axis = |name: &str, values: &[f64]| Axis {
            name: name.to_owned(),
            unit: String::new(),
            values: values.to_vec(),
        };
        Map {
            method,
            quantity: Quantity {
                class: "melanoma".to_owned(),
                score: Score::Probability(vec![0]),
            },
            columns: axis("rotate", &[-15.0, 0.1]),
            rows: axis("shift-x", &[1.0, 2.0]),
            values: vec![0.1, 1.0 / 3.0, 0.5, f32::NAN],
            base: 0.5,
            verdict: Verdict {
                probabilities: vec![0.5, 0.5],
                p_melanoma: 0.5,
            },
        }
    }

    #[test]
    fn numbers_are_read_back_with_the_same_bits() {
        let size = Method::Occlusion {
            size: 59,
            stride: 14,
        };
        let text = csv(&map(size));
        assert_eq!(text, "0.1,0.33333334\n0.5,NaN\n");
        assert_eq!("0.33333334".parse::<f32>(), Ok(1.0 / 3.0));
        let text = csv(&map(Method::Landscape));
        assert_eq!(
            text,
            "rotate,shift-x,p_melanoma\n-15,1,0.1\n0.1,1,0.33333334\n-15,2,0.5\n0.1,2,NaN\n"
        );
        let one = map(Method::Landscape);
        let other = Map {
            values: vec![0.25; 4],
            ..one.clone()
        };
        let text = landscape_csv(&[&one, &other]);
        assert!(
            text.starts_with("rotate,shift-x,p_melanoma,p_melanoma_of_model_2\n-15,1,0.1,0.25\n")
        );
    }
}
