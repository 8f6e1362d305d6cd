//! A reader of the pickles inside `.pth` files: a state dict's names, shapes and places, and nothing else.
//!
//! A pickle is a program for a small stack machine; Python's runs any function that it names. This one runs none: the few
//! names that `torch.save` writes for tensors are known by sight; what is made of any other (a NumPy scalar, a `Namespace`) is
//! kept as the names and values that it would be made of, and a name that could only do harm is refused. Candle has a
//! symbolic reader too; ours exists because Candle's copies a value every time that it is looked up (a pickle of a hundred
//! bytes can ask for gigabytes), allocates what a length field claims, recurses as deep as the file nests, and passes
//! over in silence what it does not understand. Values here live in one list and point to each other by number, so the
//! cost is bounded by the file's own length.

mod calls;
mod instructions;
mod stack;
mod value;

pub(crate) use value::{Id, Object, Pickle, REMEDY, Value};
