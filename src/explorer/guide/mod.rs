//! Help in place: what every number and control means (`terms`), the letter explained (`letter`), how to cite (`cite`). The same
//! sentences are tooltips where a number or a control is shown.

pub(crate) mod cite;
pub(crate) mod legend;
pub(crate) mod letter;
pub(crate) mod terms;
