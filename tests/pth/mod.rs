//! Writes `.pth` files as `torch.save` does (protocol 2), with whatever training scripts put beside the weights.

use std::io::{Cursor, Write as _};

/// What a pickle can hold.
#[derive(Clone)]
#[allow(dead_code, reason = "each test binary uses what it needs")]
pub(crate) enum Item {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// As Python 3 has them.
    Bytes(&'static [u8]),
    List(Vec<Item>),
    Tuple(Vec<Item>),
    /// A set, as protocol 2 writes it.
    Set(Vec<Item>),
    Dict(Vec<(Item, Item)>),
    /// Shape and values, f32.
    Tensor(Vec<usize>, Vec<f32>),
    /// An i64 of no dimension.
    Counter(i64),
    /// `numpy.int64`, as protocol 2 writes it.
    NumpyInt(i64),
    /// `numpy.array` of texts.
    NumpyTexts(Vec<String>),
    /// An object of a class, with attributes.
    Object(&'static str, &'static str, Vec<(Item, Item)>),
}

pub(crate) fn text(text: &str) -> Item {
    Item::Text(text.to_owned())
}

pub(crate) fn dict(fields: Vec<(&str, Item)>) -> Item {
    Item::Dict(
        fields
            .into_iter()
            .map(|(key, value)| (text(key), value))
            .collect(),
    )
}

/// The file.
pub(crate) fn file(root: &Item) -> Vec<u8> {
    let mut pickle = vec![0x80, 2];
    let mut storages = Vec::new();
    write(root, &mut pickle, &mut storages);
    pickle.push(b'.');
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut add = |name: String, bytes: &[u8]| {
        zip.start_file(format!("archive/{name}"), stored).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add("data.pkl".to_owned(), &pickle);
    for (at, bytes) in storages.iter().enumerate() {
        add(format!("data/{at}"), bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn write(item: &Item, out: &mut Vec<u8>, storages: &mut Vec<Vec<u8>>) {
    match item {
        Item::None => out.push(b'N'),
        Item::Bool(value) => out.push(if *value { 0x88 } else { 0x89 }),
        Item::Int(value) => int(*value, out),
        Item::Float(value) => {
            out.push(b'G');
            out.extend(value.to_be_bytes());
        }
        Item::Text(text) => unicode(text, out),
        Item::List(items) => {
            out.extend(b"](");
            for item in items {
                write(item, out, storages);
            }
            out.push(b'e');
        }
        Item::Bytes(bytes) => latin1(bytes, out),
        Item::Tuple(items) => {
            out.push(b'(');
            for item in items {
                write(item, out, storages);
            }
            out.push(b't');
        }
        Item::Set(items) => {
            out.extend(b"c__builtin__\nset\n");
            write(&Item::List(items.clone()), out, storages);
            out.extend(b"\x85R");
        }
        Item::Dict(items) => {
            out.extend(b"}(");
            for (key, value) in items {
                write(key, out, storages);
                write(value, out, storages);
            }
            out.push(b'u');
        }
        Item::Tensor(shape, values) => {
            let bytes = values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect();
            tensor("FloatStorage", shape, values.len(), bytes, out, storages);
        }
        Item::Counter(value) => {
            tensor(
                "LongStorage",
                &[],
                1,
                value.to_le_bytes().to_vec(),
                out,
                storages,
            );
        }
        Item::NumpyInt(value) => {
            out.extend(b"cnumpy.core.multiarray\nscalar\n");
            dtype("i8", out);
            latin1(&value.to_le_bytes(), out);
            out.extend(b"\x86R");
        }
        Item::NumpyTexts(texts) => {
            let width = texts
                .iter()
                .map(|text| text.chars().count())
                .max()
                .unwrap_or(1);
            let mut bytes = Vec::new();
            for text in texts {
                let letters = text.chars().map(|c| c as u32).chain(std::iter::repeat(0));
                bytes.extend(letters.take(width).flat_map(u32::to_le_bytes));
            }
            out.extend(b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85");
            latin1(b"b", out);
            out.extend(b"\x87R(K\x01");
            int(texts.len() as i64, out);
            out.push(0x85);
            dtype(&format!("U{width}"), out);
            out.push(0x89);
            latin1(&bytes, out);
            out.extend(b"tb");
        }
        Item::Object(module, name, state) => {
            out.extend(format!("c{module}\n{name}\n").as_bytes());
            out.extend(b")\x81");
            write(&Item::Dict(state.clone()), out, storages);
            out.push(b'b');
        }
    }
}

fn int(value: i64, out: &mut Vec<u8>) {
    out.push(b'J');
    out.extend(i32::try_from(value).unwrap().to_le_bytes());
}

fn unicode(text: &str, out: &mut Vec<u8>) {
    out.push(b'X');
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

/// Bytes as protocol 2 has them: a text that is encoded when it is read.
fn latin1(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend(b"c_codecs\nencode\n");
    unicode(
        &bytes
            .iter()
            .map(|&byte| char::from(byte))
            .collect::<String>(),
        out,
    );
    unicode("latin1", out);
    out.extend(b"\x86R");
}

fn dtype(code: &str, out: &mut Vec<u8>) {
    out.extend(b"cnumpy\ndtype\n");
    unicode(code, out);
    out.extend(b"\x89\x88\x87R(K\x03");
    unicode("<", out);
    out.extend(b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb");
}

fn tensor(
    kind: &str,
    shape: &[usize],
    count: usize,
    bytes: Vec<u8>,
    out: &mut Vec<u8>,
    storages: &mut Vec<Vec<u8>>,
) {
    out.extend(b"ctorch._utils\n_rebuild_tensor_v2\n((");
    unicode("storage", out);
    out.extend(format!("ctorch\n{kind}\n").as_bytes());
    unicode(&storages.len().to_string(), out);
    unicode("cpu", out);
    int(count as i64, out);
    out.extend(b"tQK\0");
    storages.push(bytes);
    let mut strides = vec![1; shape.len()];
    for at in (1..shape.len()).rev() {
        strides[at - 1] = strides[at] * shape[at];
    }
    for numbers in [shape, &strides] {
        out.push(b'(');
        for &number in numbers {
            int(number as i64, out);
        }
        out.push(b't');
    }
    out.extend(b"\x89ccollections\nOrderedDict\n)RtR");
}
