//! The instructions of a pickle. None of them imports or runs anything.

use super::stack::{Machine, broken};
use super::value::{Pickle, REMEDY, Value};
use flipscope_language::{as_text, text};

impl Pickle {
    /// Reads a pickle.
    ///
    /// # Errors
    /// A sentence: what the pickle needs besides tensors, or where it is broken.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        Machine::new(bytes).run()
    }
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
                    foreign: self.foreign,
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
            b'N' => self.push(Value::Other),
            0x88 | 0x89 => self.push(Value::Bool(code == 0x88)),
            b'G' => {
                let value = f64::from_be_bytes(self.take()?);
                self.push(Value::Float(value));
            }
            // BININT, BININT1, BININT2, LONG1, LONG4
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
            0x8a => {
                let [length] = self.take()?;
                self.long(length.into())?;
            }
            0x8b => {
                let length = u32::from_le_bytes(self.take()?);
                self.long(length as usize)?;
            }
            // INT, LONG, FLOAT, STRING, UNICODE: lines of text
            b'I' | b'L' | b'F' | b'S' | b'V' => self.of_line(code)?,
            // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
            b'X' => {
                let length = u32::from_le_bytes(self.take()?);
                self.text(length as usize)?;
            }
            0x8c => {
                let [length] = self.take()?;
                self.text(length.into())?;
            }
            0x8d => {
                let length = self.length()?;
                self.text(length)?;
            }
            // SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8; SHORT_BINSTRING, BINSTRING
            b'C' | b'U' => {
                let [length] = self.take()?;
                self.binary(length.into(), code == b'U')?;
            }
            b'B' | b'T' => {
                let length = u32::from_le_bytes(self.take()?);
                self.binary(length as usize, code == b'T')?;
            }
            0x8e | 0x96 => {
                let length = self.length()?;
                self.binary(length, false)?;
            }
            // POP, POP_MARK, DUP
            b'0' => self.pop().map(drop)?,
            b'1' => self.pop_to_mark().map(drop)?,
            b'2' => {
                let top = *self.stack.last().ok_or_else(broken)?;
                self.stack.push(top);
            }
            // MARK, EMPTY_TUPLE, EMPTY_LIST, EMPTY_SET, EMPTY_DICT
            b'(' => self.marks.push(self.stack.len()),
            b')' | b']' => self.push(Value::Sequence(Vec::new())),
            0x8f => self.push(Value::Set(Vec::new())),
            b'}' => self.push(Value::Dict(Vec::new())),
            // DICT
            b'd' => {
                let items = self.pop_to_mark()?;
                let (pairs, rest) = items.as_chunks::<2>();
                if !rest.is_empty() {
                    return Err(broken());
                }
                let pairs = pairs.iter().map(|&[key, value]| (key, value)).collect();
                self.push(Value::Dict(pairs));
            }
            // TUPLE, LIST, FROZENSET; TUPLE1, TUPLE2, TUPLE3
            b't' | b'l' => {
                let items = self.pop_to_mark()?;
                self.push(Value::Sequence(items));
            }
            0x91 => {
                let items = self.pop_to_mark()?;
                self.push(Value::Set(items));
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
            // APPEND; APPENDS, ADDITEMS; SETITEM; SETITEMS
            b'a' => {
                let item = self.pop()?;
                self.append(vec![item])?;
            }
            b'e' | 0x90 => {
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
            // PUT, GET; BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
            b'p' | b'g' => {
                let at = self.line()?.trim().parse().map_err(|_| broken())?;
                if code == b'p' {
                    self.remember(at)?;
                } else {
                    self.recall(at)?;
                }
            }
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
            // REDUCE: a call; NEWOBJ, NEWOBJ_EX, INST, OBJ: an object of a class
            b'R' => self.call()?,
            0x81 => {
                let (arguments, class) = (self.pop()?, self.pop()?);
                self.object(class, Some(arguments));
            }
            0x92 => {
                let (_, arguments, class) = (self.pop()?, self.pop()?, self.pop()?);
                self.object(class, Some(arguments));
            }
            b'i' => {
                let (module, name) = (self.line()?, self.line()?);
                let named = format!("{module}.{name}");
                let arguments = self.pop_to_mark().map_err(|_| {
                    text!(
                        "checkpoint-pickle-inside-holds-more",
                        named = as_text(&named),
                        remedy = as_text(&REMEDY)
                    )
                })?;
                self.global(module, name)?;
                let class = self.pop()?;
                self.instance(class, arguments);
            }
            b'o' => {
                let mut items = self.pop_to_mark()?;
                if items.is_empty() {
                    return Err(broken());
                }
                let class = items.remove(0);
                self.instance(class, items);
            }
            // BUILD: attributes of the thing below; those of a state dict (`_metadata`) are of no use here
            b'b' => {
                let state = self.pop()?;
                if let Value::Object(object) = self.top()? {
                    object.state = Some(state);
                }
            }
            other => {
                return Err(text!(
                    "checkpoint-pickle-inside-holds-more-than",
                    other = format!("{other:#04x}"),
                    remedy = as_text(&REMEDY)
                ));
            }
        }
        Ok(())
    }

    /// A value that is written as a line of text.
    fn of_line(&mut self, code: u8) -> Result<(), String> {
        let line = self.line()?;
        let line = line.trim();
        let value = match code {
            b'I' if matches!(line, "00" | "01") => Value::Bool(line == "01"),
            b'I' | b'L' => line
                .trim_end_matches('L')
                .parse()
                .map_or(Value::Other, Value::Int),
            b'F' => line.parse().map_or(Value::Other, Value::Float),
            b'S' => Value::Text(line.trim_matches(['\'', '"']).to_owned()),
            _ => Value::Text(line.to_owned()),
        };
        self.push(value);
        Ok(())
    }

    /// Bytes; texts of Python 2 are text if they are ASCII.
    fn binary(&mut self, length: usize, text: bool) -> Result<(), String> {
        let bytes = self.slice(length)?.to_vec();
        let value = match String::from_utf8(bytes) {
            Ok(string) if text && string.is_ascii() => Value::Text(string),
            Ok(string) => Value::Bytes(string.into_bytes()),
            Err(error) => Value::Bytes(error.into_bytes()),
        };
        self.push(value);
        Ok(())
    }

    fn long(&mut self, length: usize) -> Result<(), String> {
        let bytes = self.slice(length)?;
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
}
