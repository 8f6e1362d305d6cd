//! A reader of the pickles inside `.pth` files: a state dict's names, shapes and places, and nothing else.
//!
//! A pickle is a program for a small stack machine; Python's runs any function that it names. This one runs none: the few
//! names that `torch.save` writes for tensors are known by sight, every other is refused with its name. Candle has a
//! symbolic reader too; ours exists because Candle's copies a value every time that it is looked up (a pickle of a hundred
//! bytes can ask for gigabytes), allocates what a length field claims, recurses as deep as the file nests, and passes
//! over in silence what it does not understand. Values here live in one list and point to each other by number, so the
//! cost is bounded by the file's own length.

use std::collections::HashMap;

/// Place of a value in [`Pickle::values`].
pub(super) type Id = usize;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// None, a number with a fraction, or anything else that no tensor is made of.
    Other,
    Int(i64),
    Text(String),
    /// A tuple or a list.
    Sequence(Vec<Id>),
    Dict(Vec<(Id, Id)>),
    /// A name that `torch.save` writes: module and name.
    Global(String, String),
    /// A storage: the tuple that names its type, file and length.
    Storage(Id),
    /// A tensor: the arguments of `torch._utils._rebuild_tensor_v2`.
    Tensor(Id),
}

/// A read pickle.
pub(super) struct Pickle {
    /// Every value that occurred.
    values: Vec<Value>,
    /// The outermost one.
    root: Id,
}

impl Pickle {
    /// Reads a pickle.
    ///
    /// # Errors
    /// A sentence: what it asks for beside tensors, or where it breaks off.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        Machine {
            bytes,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
        }
        .run()
    }

    /// The outermost value.
    pub(super) fn root(&self) -> &Value {
        self.get(self.root)
    }

    /// The value in a place.
    pub(super) fn get(&self, id: Id) -> &Value {
        self.values.get(id).unwrap_or(&Value::Other)
    }
}

struct Machine<'a> {
    bytes: &'a [u8],
    values: Vec<Value>,
    stack: Vec<Id>,
    /// Heights of the stack at the open marks.
    marks: Vec<usize>,
    memo: HashMap<u32, Id>,
}

/// The pickle ends too early, or uses the stack as no Python does.
fn broken() -> String {
    "the pickle inside is damaged: copy or download the file again".to_owned()
}

impl Machine<'_> {
    fn run(mut self) -> Result<Pickle, String> {
        loop {
            let [code] = self.take()?;
            if code == b'.' {
                let root = self.pop()?;
                return Ok(Pickle {
                    values: self.values,
                    root,
                });
            }
            self.step(code)?;
        }
    }

    /// One instruction; names are those of Python's `pickletools`.
    #[expect(clippy::too_many_lines, reason = "one arm an instruction")]
    fn step(&mut self, code: u8) -> Result<(), String> {
        match code {
            // PROTO, FRAME
            0x80 => self.take::<1>().map(drop)?,
            0x95 => self.take::<8>().map(drop)?,
            // NONE, NEWTRUE, NEWFALSE, BINFLOAT
            b'N' | 0x88 | 0x89 => self.push(Value::Other),
            b'G' => {
                self.take::<8>()?;
                self.push(Value::Other);
            }
            // BININT, BININT1, BININT2, LONG1
            b'J' => {
                let value = i32::from_le_bytes(self.take()?);
                self.push(Value::Int(value.into()));
            }
            b'K' => {
                let [value] = self.take()?;
                self.push(Value::Int(value.into()));
            }
            b'M' => {
                let value = u16::from_le_bytes(self.take()?);
                self.push(Value::Int(value.into()));
            }
            0x8a => self.long()?,
            // BINUNICODE, SHORT_BINUNICODE
            b'X' => {
                let length = u32::from_le_bytes(self.take()?);
                self.text(length as usize)?;
            }
            0x8c => {
                let [length] = self.take()?;
                self.text(length.into())?;
            }
            // MARK, EMPTY_TUPLE, EMPTY_LIST, EMPTY_DICT
            b'(' => self.marks.push(self.stack.len()),
            b')' | b']' => self.push(Value::Sequence(Vec::new())),
            b'}' => self.push(Value::Dict(Vec::new())),
            // TUPLE, TUPLE1, TUPLE2, TUPLE3
            b't' => {
                let items = self.pop_to_mark()?;
                self.push(Value::Sequence(items));
            }
            0x85..=0x87 => {
                let at = self
                    .stack
                    .len()
                    .checked_sub(usize::from(code - 0x84))
                    .ok_or_else(broken)?;
                let items = self.stack.split_off(at);
                self.push(Value::Sequence(items));
            }
            // APPEND, APPENDS, SETITEM, SETITEMS
            b'a' => {
                let item = self.pop()?;
                self.append(vec![item])?;
            }
            b'e' => {
                let items = self.pop_to_mark()?;
                self.append(items)?;
            }
            b's' => {
                let value = self.pop()?;
                let key = self.pop()?;
                self.set(&[key, value])?;
            }
            b'u' => {
                let items = self.pop_to_mark()?;
                self.set(&items)?;
            }
            // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
            b'q' => {
                let [at] = self.take()?;
                self.remember(at.into())?;
            }
            b'r' => {
                let at = u32::from_le_bytes(self.take()?);
                self.remember(at)?;
            }
            0x94 => self.remember(self.memo.len() as u32)?,
            b'h' => {
                let [at] = self.take()?;
                self.recall(at.into())?;
            }
            b'j' => {
                let at = u32::from_le_bytes(self.take()?);
                self.recall(at)?;
            }
            // GLOBAL, STACK_GLOBAL
            b'c' => {
                let module = self.line()?;
                let name = self.line()?;
                self.global(module, name)?;
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                match (self.values.get(module), self.values.get(name)) {
                    (Some(Value::Text(module)), Some(Value::Text(name))) => {
                        let (module, name) = (module.clone(), name.clone());
                        self.global(module, name)?;
                    }
                    _ => return Err(broken()),
                }
            }
            // BINPERSID: how torch.save refers to the file of a storage
            b'Q' => {
                let id = self.pop()?;
                self.push(Value::Storage(id));
            }
            // REDUCE: a call; BUILD: attributes of the thing below (`_metadata` of a state dict), of no use here
            b'R' => self.call()?,
            b'b' => self.pop().map(drop)?,
            other => {
                return Err(format!(
                    "the pickle inside holds more than tensors (instruction {other:#04x}): {REMEDY}"
                ));
            }
        }
        Ok(())
    }

    /// A name: pushed if `torch.save` writes it for tensors, else refused.
    fn global(&mut self, module: String, name: String) -> Result<(), String> {
        let known = match (module.as_str(), name.as_str()) {
            ("collections", "OrderedDict" | "defaultdict")
            | ("torch._utils", "_rebuild_tensor_v2" | "_rebuild_parameter")
            | ("torch", "Size" | "device" | "dtype")
            | ("torch.storage", "UntypedStorage")
            | ("builtins" | "__builtin__", "dict" | "int" | "float") => true,
            ("torch", name) => name.ends_with("Storage"),
            _ => false,
        };
        if known {
            self.push(Value::Global(module, name));
            return Ok(());
        }
        Err(
            if module.starts_with("torch.nn") || module.starts_with("torchvision") {
                format!(
                    "it holds a whole pickled module (`{module}.{name}`), not its weights: {REMEDY}"
                )
            } else {
                format!(
                    "it wants more than tensors, `{module}.{name}`, which is neither imported nor run: {REMEDY}"
                )
            },
        )
    }

    /// A call of a known name.
    fn call(&mut self) -> Result<(), String> {
        let arguments = self.pop()?;
        let callable = self.pop()?;
        let Some(Value::Global(module, name)) = self.values.get(callable) else {
            return Err(broken());
        };
        let value = match (module.as_str(), name.as_str()) {
            ("collections", _) => Value::Dict(Vec::new()),
            (_, "_rebuild_tensor_v2") => Value::Tensor(arguments),
            // The parameter's tensor is its first argument.
            (_, "_rebuild_parameter") => match self.values.get(arguments) {
                Some(Value::Sequence(items)) => items
                    .first()
                    .and_then(|&first| self.values.get(first))
                    .filter(|value| matches!(value, Value::Tensor(_)))
                    .cloned()
                    .ok_or_else(broken)?,
                _ => return Err(broken()),
            },
            _ => Value::Other,
        };
        self.push(value);
        Ok(())
    }

    fn append(&mut self, mut items: Vec<Id>) -> Result<(), String> {
        match self.top()? {
            Value::Sequence(list) => list.append(&mut items),
            _ => return Err(broken()),
        }
        Ok(())
    }

    fn set(&mut self, items: &[Id]) -> Result<(), String> {
        let (pairs, rest) = items.as_chunks::<2>();
        match self.top()? {
            Value::Dict(dict) if rest.is_empty() => {
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
            }
            _ => return Err(broken()),
        }
        Ok(())
    }

    fn long(&mut self) -> Result<(), String> {
        let [length] = self.take()?;
        let bytes = self.slice(length.into())?;
        let value = match bytes.len() {
            0 => Value::Int(0),
            length @ 1..=8 => {
                let negative = bytes.last().is_some_and(|&byte| byte >= 0x80);
                let mut wide = if negative { [0xff; 8] } else { [0; 8] };
                if let Some(low) = wide.get_mut(..length) {
                    low.copy_from_slice(bytes);
                }
                Value::Int(i64::from_le_bytes(wide))
            }
            _ => Value::Other,
        };
        self.push(value);
        Ok(())
    }

    fn text(&mut self, length: usize) -> Result<(), String> {
        let bytes = self.slice(length)?.to_vec();
        let text = String::from_utf8(bytes).map_err(|_| broken())?;
        self.push(Value::Text(text));
        Ok(())
    }

    fn remember(&mut self, at: u32) -> Result<(), String> {
        let top = *self.stack.last().ok_or_else(broken)?;
        self.memo.insert(at, top);
        Ok(())
    }

    fn recall(&mut self, at: u32) -> Result<(), String> {
        let id = *self.memo.get(&at).ok_or_else(broken)?;
        self.stack.push(id);
        Ok(())
    }

    fn push(&mut self, value: Value) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<Id, String> {
        self.stack.pop().ok_or_else(broken)
    }

    fn top(&mut self) -> Result<&mut Value, String> {
        let id = *self.stack.last().ok_or_else(broken)?;
        self.values.get_mut(id).ok_or_else(broken)
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Id>, String> {
        let mark = self.marks.pop().ok_or_else(broken)?;
        if mark > self.stack.len() {
            return Err(broken());
        }
        Ok(self.stack.split_off(mark))
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.bytes.split_first_chunk().ok_or_else(broken)?;
        self.bytes = rest;
        Ok(*head)
    }

    fn slice(&mut self, length: usize) -> Result<&[u8], String> {
        let (head, rest) = self.bytes.split_at_checked(length).ok_or_else(broken)?;
        self.bytes = rest;
        Ok(head)
    }

    fn line(&mut self) -> Result<String, String> {
        let end = self
            .bytes
            .iter()
            .position(|&byte| byte == b'\n')
            .ok_or_else(broken)?;
        let line = self.slice(end)?;
        let text = String::from_utf8_lossy(line.get(..200).unwrap_or(line)).into_owned();
        self.take::<1>()?;
        Ok(text)
    }
}

/// What to do about a pickle that holds more than tensors.
pub(super) const REMEDY: &str =
    "re-save the state dict alone, torch.save(model.state_dict(), FILE)";
