//! The reader study: people judge the same lesions unaltered and adversarially altered, and say "melanoma" or "nevus".
//!
//! The letter showed four dermatologists 204 pictures, half of them adversarial, and found no significant difference.

pub mod statistics;
