//! The formats of checkpoint files: `.safetensors`, `.pth` with the pickle inside, and how a tensor is stored in them.

pub(crate) mod contents;
mod extra_values;
pub(crate) mod pickle;
pub(crate) mod pth;
mod pth_tensors;
pub(crate) mod safetensors;
pub(crate) mod stored;
mod unknown;
