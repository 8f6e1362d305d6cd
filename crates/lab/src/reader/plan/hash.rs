//! The hash of a plan, and of its inputs.

use sha2::{Digest as _, Sha256};

use flipscope_image::lesion;

/// SHA-256 of a text, in hexadecimal.
pub(in crate::reader) fn hash(text: &str) -> String {
    lesion::hex(Sha256::digest(text))
}
