//! The stack machine that executes a pickle: its bytes, its stack and its memo.

use flipscope_language::text;
use std::collections::HashMap;

use super::value::{Id, Value};

/// A pickle that is being read.
pub(super) struct Machine<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) values: Vec<Value>,
    pub(super) stack: Vec<Id>,
    /// Heights of the stack at the open marks.
    pub(super) marks: Vec<usize>,
    pub(super) memo: HashMap<u32, Id>,
    pub(super) foreign: Option<String>,
}

/// The pickle ends too early, or uses the stack as Python never does.
pub(super) fn broken() -> String {
    text!("checkpoint-pickle-inside-damaged-copy").to_owned()
}

impl<'a> Machine<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            values: Vec::new(),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
            foreign: None,
        }
    }

    pub(super) fn append(&mut self, mut items: Vec<Id>) -> Result<(), String> {
        match self.top()? {
            Value::Sequence(list) | Value::Set(list) => list.append(&mut items),
            Value::Object(_) | Value::Other => {}
            _ => return Err(broken()),
        }
        Ok(())
    }

    pub(super) fn set(&mut self, items: &[Id]) -> Result<(), String> {
        let (pairs, rest) = items.as_chunks::<2>();
        match self.top()? {
            Value::Dict(dict) if rest.is_empty() => {
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
            }
            Value::Object(object) if rest.is_empty() => {
                (object.items).extend(pairs.iter().map(|&[key, value]| (key, value)));
            }
            Value::Other => {}
            _ => return Err(broken()),
        }
        Ok(())
    }

    /// A length of eight bytes.
    pub(super) fn length(&mut self) -> Result<usize, String> {
        usize::try_from(u64::from_le_bytes(self.take()?)).map_err(|_| broken())
    }

    pub(super) fn remember(&mut self, at: u32) -> Result<(), String> {
        let top = *self.stack.last().ok_or_else(broken)?;
        self.memo.insert(at, top);
        Ok(())
    }

    pub(super) fn recall(&mut self, at: u32) -> Result<(), String> {
        let id = *self.memo.get(&at).ok_or_else(broken)?;
        self.stack.push(id);
        Ok(())
    }

    pub(super) fn push(&mut self, value: Value) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    pub(super) fn pop(&mut self) -> Result<Id, String> {
        self.stack.pop().ok_or_else(broken)
    }

    pub(super) fn top(&mut self) -> Result<&mut Value, String> {
        let id = *self.stack.last().ok_or_else(broken)?;
        self.values.get_mut(id).ok_or_else(broken)
    }

    pub(super) fn pop_to_mark(&mut self) -> Result<Vec<Id>, String> {
        let mark = self.marks.pop().ok_or_else(broken)?;
        if mark > self.stack.len() {
            return Err(broken());
        }
        Ok(self.stack.split_off(mark))
    }

    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.bytes.split_first_chunk().ok_or_else(broken)?;
        self.bytes = rest;
        Ok(*head)
    }

    pub(super) fn slice(&mut self, length: usize) -> Result<&[u8], String> {
        let (head, rest) = self.bytes.split_at_checked(length).ok_or_else(broken)?;
        self.bytes = rest;
        Ok(head)
    }

    pub(super) fn line(&mut self) -> Result<String, String> {
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
