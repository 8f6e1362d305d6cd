//! A reader of the pickles inside `.pth` files: a state dict's names, shapes and places, and nothing else.
//!
//! A pickle is a program for a small stack machine; Python's runs any function that it names. This one runs none: the few
//! names that `torch.save` writes for tensors are known by sight; what is made of any other (a NumPy scalar, a `Namespace`) is
//! kept as the names and values that it would be made of, and a name that could only do harm is refused. Candle has a
//! symbolic reader too; ours exists because Candle's copies a value every time that it is looked up (a pickle of a hundred
//! bytes can ask for gigabytes), allocates what a length field claims, recurses as deep as the file nests, and passes
//! over in silence what it does not understand. Values here live in one list and point to each other by number, so the
//! cost is bounded by the file's own length.

use super::machine::Machine;

/// Place of a value in [`Pickle::values`].
pub(super) type Id = usize;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// None, or anything else of which nothing is read.
    Other,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    /// A tuple or a list.
    Sequence(Vec<Id>),
    /// A set, which has no order.
    Set(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    /// A function or class: module and name.
    Global(String, String),
    /// What a function or class that is not run would have made.
    Object(Object),
    /// A storage: the tuple that names its type, file and length.
    Storage(Id),
    /// A tensor: the arguments of `torch._utils._rebuild_tensor_v2`.
    Tensor(Id),
}

/// What a function or class that is not run would have been given.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// The function or class, a [`Value::Global`].
    pub(super) class: Id,
    /// Its arguments, a [`Value::Sequence`].
    pub(super) arguments: Option<Id>,
    /// Its attributes, usually a [`Value::Dict`].
    pub(super) state: Option<Id>,
    /// Its items, where it is a dictionary of its own kind.
    pub(super) items: Vec<(Id, Id)>,
}

/// A read pickle.
pub(super) struct Pickle {
    /// Every value that occurred.
    pub(super) values: Vec<Value>,
    /// The outermost one.
    pub(super) root: Id,
    /// The first function or class that is none of those that tensors are made of, as `module.name`.
    pub(super) foreign: Option<String>,
}

impl Pickle {
    /// Reads a pickle.
    ///
    /// # Errors
    /// A sentence: what it asks for beside tensors, or where it breaks off.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        Machine::new(bytes).run()
    }

    /// The place of the outermost value.
    pub(super) fn root(&self) -> Id {
        self.root
    }

    /// The items of a dictionary, or of an object that has some; its attributes, where it has none.
    pub(super) fn items(&self, id: Id) -> Option<&[(Id, Id)]> {
        match self.get(id) {
            Value::Dict(items) => Some(items),
            Value::Object(object) if !object.items.is_empty() => Some(&object.items),
            Value::Object(object) => match self.get(object.state?) {
                Value::Dict(items) => Some(items),
                _ => None,
            },
            _ => None,
        }
    }

    /// The class of an object, as module and name.
    pub(super) fn class(&self, object: &Object) -> Option<(&str, &str)> {
        match self.get(object.class) {
            Value::Global(module, name) => Some((module, name)),
            _ => None,
        }
    }

    /// Whether it is a network of PyTorch's as a whole, with its code by name, and which class.
    pub(super) fn module(&self, id: Id) -> Option<String> {
        let Value::Object(object) = self.get(id) else {
            return None;
        };
        let (module, name) = self.class(object)?;
        let by_name = module.starts_with("torch.nn") || module.starts_with("torchvision.models");
        let has = |wanted: &str| {
            let mut items = self.items(id).into_iter().flatten();
            items.any(|&(key, _)| matches!(self.get(key), Value::Text(key) if key == wanted))
        };
        (by_name || has("_modules") && has("_parameters")).then(|| format!("{module}.{name}"))
    }

    /// The value in a place.
    pub(super) fn get(&self, id: Id) -> &Value {
        self.values.get(id).unwrap_or(&Value::Other)
    }
}

/// Whether a name has no place beside weights: what runs commands, code or connections when a pickle is loaded by Python.
pub(super) fn does_harm(module: &str, name: &str) -> bool {
    let package = module.split('.').next().unwrap_or_default();
    match package {
        "builtins" | "__builtin__" => matches!(
            name,
            "eval" | "exec" | "execfile" | "compile" | "open" | "__import__" | "input"
        ),
        "os" | "posix" | "nt" | "subprocess" | "commands" | "pty" | "socket" | "shutil"
        | "runpy" | "ctypes" | "importlib" | "sys" | "webbrowser" | "timeit" | "bdb" | "pdb"
        | "asyncio" | "urllib" | "requests" | "http" | "smtplib" | "ftplib" => true,
        _ => false,
    }
}

/// What to do about a pickle that holds more than tensors.
pub(super) const REMEDY: &str =
    "re-save the state dict alone, torch.save(model.state_dict(), FILE)";
