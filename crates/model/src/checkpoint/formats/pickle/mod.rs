//! A reader for the pickles inside `.pth` files: a state dict's names, shapes and positions, and nothing else.
//!
//! A pickle is a program for a small stack machine; Python's runs any function that it names. This one runs none: the few names
//! that `torch.save` writes for tensors are recognised; what any other function would make (a NumPy scalar, a `Namespace`) is
//! kept as the function's name and arguments, and a name that could only do harm is refused. Candle has a symbolic reader too;
//! ours exists because Candle's copies a value every time it is looked up (a pickle of a hundred bytes can ask for gigabytes),
//! allocates what a length field claims, recurses as deep as the file nests, and silently skips what it does not understand.
//! Here, values are in one list and refer to each other by number, so the cost is bounded by the file's own length.

mod calls;
mod instructions;
mod stack;
mod value;

pub(crate) use value::{Id, Object, Pickle, REMEDY, Value};
