//! Names, objects and calls: known ones are stored as what they stand for, and nothing is imported or run.

use super::stack::{Machine, broken};
use super::value::{Id, Object, REMEDY, Value, does_harm};
use flipscope_language::{as_text, text};

impl Machine<'_> {
    /// A name, which is pushed and never imported; one that could only do harm is refused.
    pub(super) fn global(&mut self, module: String, name: String) -> Result<(), String> {
        let known = match (module.as_str(), name.as_str()) {
            (
                "torch._utils",
                "_rebuild_tensor_v2" | "_rebuild_parameter" | "_rebuild_parameter_with_state",
            )
            | ("torch._tensor", "_rebuild_from_type_v2")
            | ("torch", "Size" | "device" | "dtype")
            | ("torch.storage", "UntypedStorage")
            | ("collections", "OrderedDict" | "defaultdict")
            | ("_codecs", "encode")
            | ("builtins" | "__builtin__", "dict" | "int" | "float") => true,
            ("torch", name) => name.ends_with("Storage"),
            _ => false,
        };
        if !known {
            let named = format!("{module}.{name}");
            if does_harm(&module, &name) {
                return Err(text!(
                    "checkpoint-wants-more-than-tensors",
                    named = as_text(&named),
                    remedy = as_text(&REMEDY)
                ));
            }
            self.foreign.get_or_insert(named);
        }
        self.push(Value::Global(module, name));
        Ok(())
    }

    /// An object of a class that is not instantiated.
    pub(super) fn object(&mut self, class: Id, arguments: Option<Id>) {
        self.push(Value::Object(Object {
            class,
            arguments,
            state: None,
            items: Vec::new(),
        }));
    }

    /// As [`Self::object`], with arguments that were on the stack.
    pub(super) fn instance(&mut self, class: Id, arguments: Vec<Id>) {
        let at = self.values.len();
        self.values.push(Value::Sequence(arguments));
        self.object(class, Some(at));
    }

    /// A call of a named function.
    pub(super) fn call(&mut self) -> Result<(), String> {
        let arguments = self.pop()?;
        let callable = self.pop()?;
        let Some(Value::Global(module, name)) = self.values.get(callable) else {
            self.push(Value::Other);
            return Ok(());
        };
        let given = match self.values.get(arguments) {
            Some(Value::Sequence(items)) => items.as_slice(),
            _ => &[],
        };
        let value = match (module.as_str(), name.as_str()) {
            ("collections", "OrderedDict" | "defaultdict")
            | ("builtins" | "__builtin__", "dict") => Value::Dict(self.pairs(given)),
            ("builtins" | "__builtin__", "set" | "frozenset") => {
                match given.first().and_then(|&at| self.values.get(at)) {
                    Some(Value::Sequence(items)) => Value::Set(items.clone()),
                    _ => Value::Set(Vec::new()),
                }
            }
            ("torch._utils", "_rebuild_tensor_v2") => Value::Tensor(arguments),
            // The parameter's tensor is its first argument.
            ("torch._utils", "_rebuild_parameter" | "_rebuild_parameter_with_state") => given
                .first()
                .and_then(|&first| self.values.get(first))
                .filter(|value| matches!(value, Value::Tensor(_)))
                .cloned()
                .ok_or_else(broken)?,
            // A tensor of its own class: function, class, arguments, attributes.
            ("torch._tensor", "_rebuild_from_type_v2") => match given {
                [function, _, arguments, ..]
                    if matches!(self.values.get(*function),
                        Some(Value::Global(_, name)) if name == "_rebuild_tensor_v2") =>
                {
                    Value::Tensor(*arguments)
                }
                _ => Value::Other,
            },
            // How protocol 2 writes bytes: as text, one character per byte.
            ("_codecs", "encode") => match given.first().and_then(|&at| self.values.get(at)) {
                Some(Value::Text(text)) => {
                    let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
                    bytes.map_or(Value::Other, Value::Bytes)
                }
                _ => Value::Other,
            },
            ("torch", "Size") => given
                .first()
                .and_then(|&first| self.values.get(first))
                .filter(|value| matches!(value, Value::Sequence(_)))
                .cloned()
                .unwrap_or(Value::Other),
            _ => {
                self.object(callable, Some(arguments));
                return Ok(());
            }
        };
        self.push(value);
        Ok(())
    }

    /// The initial pairs of a dictionary: a list of lists of two.
    pub(super) fn pairs(&self, given: &[Id]) -> Vec<(Id, Id)> {
        let Some(Value::Sequence(items)) = given.first().and_then(|&at| self.values.get(at)) else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|&item| match self.values.get(item) {
                Some(Value::Sequence(pair)) => match pair.as_slice() {
                    &[key, value] => Some((key, value)),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    }
}
