//! Everything in a pickle besides the weights, as JSON: numbers, texts, lists and dictionaries, also those inside NumPy's
//! scalars and arrays and inside objects such as `argparse.Namespace`. Nothing is imported and nothing is run.

use serde_json::{Map, Number, Value as Json};

use super::pickle::{Id, Object, Pickle, Value};
use crate::checkpoint::class_lists::{SET, TENSORS};

/// Limits on depth and number of values: a value that a pickle holds once may occur any number of times.
const DEPTH: usize = 10;
const VALUES: usize = 50_000;

/// A list of at least this many tensors may be the weights of a network.
const WEIGHTS: usize = 8;
/// The longest name in bytes that is read as text.
const LONGEST: usize = 200;

/// What a pickle states besides its tensors; empty objects stand for parts that state nothing. `number` reads the one value of
/// a zero-dimensional tensor, from its arguments.
pub(crate) fn extra_values(pickle: &Pickle, number: &mut dyn FnMut(Id) -> Option<Number>) -> Json {
    let mut reader = Reader {
        pickle,
        number,
        left: VALUES,
    };
    reader.json(pickle.root(), 0).unwrap_or(Json::Null)
}

struct Reader<'a> {
    pickle: &'a Pickle,
    number: &'a mut dyn FnMut(Id) -> Option<Number>,
    left: usize,
}

impl Reader<'_> {
    fn json(&mut self, id: Id, depth: usize) -> Option<Json> {
        if depth > DEPTH {
            return None;
        }
        self.left = self.left.checked_sub(1)?;
        match self.pickle.get(id) {
            Value::Bool(value) => Some(Json::Bool(*value)),
            Value::Int(value) => Some(Json::Number((*value).into())),
            Value::Float(value) => Number::from_f64(*value).map(Json::Number),
            Value::Text(text) => Some(Json::String(text.clone())),
            Value::Sequence(items) => self.list(items, depth),
            Value::Set(items) => {
                let items = self.list(items, depth)?;
                Some(Json::Object(Map::from_iter([(SET.to_owned(), items)])))
            }
            Value::Tensor(arguments) => (self.number)(*arguments).map(Json::Number),
            // A name that Python stored as bytes.
            Value::Bytes(bytes) if bytes.len() <= LONGEST => {
                let text = String::from_utf8(bytes.clone()).ok()?;
                (!text.contains(char::is_control)).then_some(Json::String(text))
            }
            Value::Dict(items) => Some(self.dictionary(items, depth)),
            Value::Object(object) => self.object(id, object, depth),
            Value::Other | Value::Bytes(_) | Value::Global(..) | Value::Storage(_) => None,
        }
    }

    /// A list, complete or not at all.
    fn list(&mut self, items: &[Id], depth: usize) -> Option<Json> {
        let is_tensor = |id: &Id| matches!(self.pickle.get(*id), Value::Tensor(_));
        if items.len() >= WEIGHTS && items.iter().all(is_tensor) {
            let count = Json::Number(items.len().into());
            return Some(Json::Object(Map::from_iter([(TENSORS.to_owned(), count)])));
        }
        let items: Option<Vec<Json>> = items
            .iter()
            .map(|&item| self.json(item, depth + 1))
            .collect();
        items.map(Json::Array)
    }

    /// A dictionary, without what JSON cannot hold.
    fn dictionary(&mut self, items: &[(Id, Id)], depth: usize) -> Json {
        let mut fields = Map::new();
        for &(key, value) in items {
            let key = match self.json(key, depth + 1) {
                Some(Json::String(key)) => key,
                Some(Json::Number(key)) => key.to_string(),
                _ => continue,
            };
            if let Some(value) = self.json(value, depth + 1) {
                fields.insert(key, value);
            }
        }
        Json::Object(fields)
    }

    fn object(&mut self, id: Id, object: &Object, depth: usize) -> Option<Json> {
        if let Some((module, name)) = self.pickle.class(object)
            && module.split('.').next() == Some("numpy")
        {
            return self.numpy(name, object);
        }
        if self.pickle.module(id).is_some() {
            return None;
        }
        if let Some(items) = self.pickle.items(id) {
            let items = items.to_vec();
            return Some(self.dictionary(&items, depth));
        }
        // A class with a single value, such as a text or a list of its own kind.
        match self.pickle.get(object.arguments?) {
            Value::Sequence(items) if items.len() == 1 => {
                let one = *items.first()?;
                self.json(one, depth + 1)
            }
            _ => None,
        }
    }

    /// A NumPy scalar `scalar(dtype, bytes)`, or an array of one dimension, whose state is `(version, shape, dtype, order, values)`.
    fn numpy(&self, function: &str, object: &Object) -> Option<Json> {
        let sequence = |id: Id| match self.pickle.get(id) {
            Value::Sequence(items) => Some(items.as_slice()),
            _ => None,
        };
        match function {
            "scalar" => match sequence(object.arguments?)? {
                &[dtype, value] => {
                    let mut values = self.values(dtype, value)?;
                    (values.len() == 1).then(|| values.swap_remove(0))
                }
                _ => None,
            },
            "_reconstruct" => match sequence(object.state?)? {
                &[_, shape, dtype, _, value] if sequence(shape)?.len() == 1 => {
                    self.values(dtype, value).map(Json::Array)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Values of a NumPy type, little-endian: integers, floating point, texts of fixed length, objects.
    fn values(&self, dtype: Id, value: Id) -> Option<Vec<Json>> {
        const MOST: usize = 10_000;
        let Value::Object(dtype) = self.pickle.get(dtype) else {
            return None;
        };
        let Value::Sequence(arguments) = self.pickle.get(dtype.arguments?) else {
            return None;
        };
        let Value::Text(code) = self.pickle.get(*arguments.first()?) else {
            return None;
        };
        let code = code.trim_start_matches(['<', '|', '=']);
        let (kind, width) = code.split_at_checked(1)?;
        let bytes = match self.pickle.get(value) {
            Value::Bytes(bytes) => bytes,
            // Texts in a list of objects are used unchanged.
            Value::Sequence(items) if kind == "O" && items.len() <= MOST => {
                return items
                    .iter()
                    .map(|&item| match self.pickle.get(item) {
                        Value::Text(text) => Some(Json::String(text.clone())),
                        Value::Int(value) => Some(Json::Number((*value).into())),
                        _ => None,
                    })
                    .collect();
            }
            _ => return None,
        };
        let width: usize = width.parse().ok()?;
        let bytes_each = if kind == "U" {
            width.checked_mul(4)?
        } else {
            width
        };
        if bytes_each == 0 || bytes.len() / bytes_each > MOST {
            return None;
        }
        bytes
            .chunks_exact(bytes_each)
            .map(|one| element(kind, one))
            .collect()
    }
}

/// One element of a NumPy array.
fn element(kind: &str, bytes: &[u8]) -> Option<Json> {
    let mut wide = [0; 8];
    match kind {
        "i" | "u" | "b" => {
            let negative = kind == "i" && bytes.last()? & 0x80 != 0;
            if negative {
                wide = [0xff; 8];
            }
            wide.get_mut(..bytes.len())?.copy_from_slice(bytes);
            Some(Json::Number(i64::from_le_bytes(wide).into()))
        }
        "f" => {
            let value = match bytes.len() {
                4 => f64::from(f32::from_le_bytes(bytes.try_into().ok()?)),
                8 => f64::from_le_bytes(bytes.try_into().ok()?),
                _ => return None,
            };
            Number::from_f64(value).map(Json::Number)
        }
        "U" => {
            let text: Option<String> = bytes
                .chunks_exact(4)
                .map(|one| one.try_into().map(u32::from_le_bytes).ok())
                .take_while(|one| *one != Some(0))
                .map(|one| char::from_u32(one?))
                .collect();
            text.map(Json::String)
        }
        "S" => {
            let text: Vec<u8> = bytes
                .iter()
                .copied()
                .take_while(|byte| *byte != 0)
                .collect();
            String::from_utf8(text).ok().map(Json::String)
        }
        _ => None,
    }
}
