//! The values of a pickle: one list, whose entries refer to each other by number.

use flipscope_language::{Text, id};
/// Position of a value in [`Pickle::values`].
pub(crate) type Id = usize;

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// None, or anything else that is not read.
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
    /// What a function or class that is not run would have returned.
    Object(Object),
    /// A storage: the tuple that names its type, file and length.
    Storage(Id),
    /// A tensor: the arguments of `torch._utils._rebuild_tensor_v2`.
    Tensor(Id),
}

/// The inputs of a function or class that is not run.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    /// The function or class, a [`Value::Global`].
    pub(crate) class: Id,
    /// Its arguments, a [`Value::Sequence`].
    pub(crate) arguments: Option<Id>,
    /// Its attributes, usually a [`Value::Dict`].
    pub(crate) state: Option<Id>,
    /// Its items, if it is a dictionary of its own kind.
    pub(crate) items: Vec<(Id, Id)>,
}

/// A read pickle.
pub(crate) struct Pickle {
    /// Every value that occurred.
    pub(crate) values: Vec<Value>,
    /// The outermost one.
    pub(crate) root: Id,
    /// The first function or class that is not one of those for tensors, as `module.name`.
    pub(crate) foreign: Option<String>,
}

impl Pickle {
    /// The position of the outermost value.
    pub(crate) fn root(&self) -> Id {
        self.root
    }

    /// The items of a dictionary, or of an object that has some; otherwise its attributes.
    pub(crate) fn items(&self, id: Id) -> Option<&[(Id, Id)]> {
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
    pub(crate) fn class(&self, object: &Object) -> Option<(&str, &str)> {
        match self.get(object.class) {
            Value::Global(module, name) => Some((module, name)),
            _ => None,
        }
    }

    /// Whether it is a complete PyTorch network, pickled with its code by name; returns the class.
    pub(crate) fn module(&self, id: Id) -> Option<String> {
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

    /// The value at a position.
    pub(crate) fn get(&self, id: Id) -> &Value {
        self.values.get(id).unwrap_or(&Value::Other)
    }
}

/// Whether a name has no place next to weights: one that runs commands, code or connections when Python loads the pickle.
pub(crate) fn does_harm(module: &str, name: &str) -> bool {
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
pub(crate) const REMEDY: Text = id!("checkpoint-re-save-state-dict");
