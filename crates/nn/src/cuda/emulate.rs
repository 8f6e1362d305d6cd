//! Runs calls on the host: the same kernels, compiled by the host's C++ compiler and called thread after thread
//! (`emulate.cpp`). For tests alone, so that what fails panics.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "nothing but tests calls it"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use bytemuck::Pod;

use super::call::{Argument, Call};

/// A card's memory, and what is done on it.
#[derive(Default)]
pub struct Emulated {
    memory: Vec<u8>,
    calls: Vec<Call>,
}

impl Emulated {
    /// Puts values into memory; gives their address.
    pub fn put<T: Pod>(&mut self, values: &[T]) -> u64 {
        let at = self.memory.len().next_multiple_of(256);
        self.memory.resize(at, 0xff);
        self.memory.extend_from_slice(bytemuck::cast_slice(values));
        at as u64
    }

    /// Makes room for values. Until they are written they are no numbers.
    pub fn room(&mut self, bytes: usize) -> u64 {
        self.put(&vec![0xff_u8; bytes])
    }

    /// Overwrites values.
    pub fn set<T: Pod>(&mut self, at: u64, values: &[T]) {
        let bytes: &[u8] = bytemuck::cast_slice(values);
        self.memory[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
    }

    /// Has something done.
    pub fn call(&mut self, calls: impl IntoIterator<Item = Call>) {
        self.calls.extend(calls);
    }

    /// Does everything.
    pub fn run(&mut self) {
        let mut request = (self.memory.len() as i64).to_ne_bytes().to_vec();
        request.extend_from_slice(&self.memory);
        request.extend((self.calls.len() as i64).to_ne_bytes());
        for call in self.calls.drain(..) {
            let mut name = [0; 32];
            name[..call.kernel.len()].copy_from_slice(call.kernel.as_bytes());
            request.extend(name);
            // One more than needed: no kernel may touch anything by it.
            request.extend((call.threads as i64 + 1).to_ne_bytes());
            request.extend((call.arguments.len() as i64).to_ne_bytes());
            for argument in call.arguments {
                request.extend(words(argument).iter().flat_map(|word| word.to_ne_bytes()));
            }
        }
        let mut emulator = Command::new(emulator())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = emulator.stdin.take().unwrap();
        stdin.write_all(&request).unwrap();
        drop(stdin);
        let answer = emulator.wait_with_output().unwrap();
        assert!(answer.status.success(), "{}", answer.status);
        assert_eq!(answer.stdout.len(), self.memory.len());
        self.memory = answer.stdout;
    }

    /// Values from an address on.
    pub fn get<T: Pod>(&self, at: u64, values: usize) -> Vec<T> {
        let bytes = &self.memory[at as usize..at as usize + values * size_of::<T>()];
        bytemuck::pod_collect_to_vec(bytes)
    }
}

/// An argument as seven words: its kind, and what it holds.
fn words(argument: Argument) -> [i64; 7] {
    match argument {
        Argument::Strided(s) => [0, s.at as i64, s.frame, s.channel, s.row, s.column, 0],
        Argument::Extent(e) => {
            let [n, c, h, w, pixels] =
                [e.frames, e.channels, e.rows, e.columns, e.pixels].map(i64::from);
            [1, n, c, h, w, pixels, 0]
        }
        Argument::Window(w) => {
            let [kernel, stride, padding] = [w.kernel, w.stride, w.padding].map(i64::from);
            [2, kernel, stride, padding, 0, 0, 0]
        }
        Argument::Int(v) => [3, i64::from(v), 0, 0, 0, 0, 0],
        Argument::Double(v) => [4, v.to_bits() as i64, 0, 0, 0, 0, 0],
        Argument::Pointer(v) => [5, v as i64, 0, 0, 0, 0, 0],
    }
}

/// The emulator, compiled once.
fn emulator() -> &'static Path {
    static OUTPUT_TILE: OnceLock<PathBuf> = OnceLock::new();
    OUTPUT_TILE.get_or_init(|| {
        let program = Path::new(env!("OUT_DIR")).join(format!("emulate-{}", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cuda/emulate.cpp");
        let made = Command::new("c++")
            .args(["-std=c++17", "-O2", "-ffp-contract=off", "-o"])
            .arg(&program)
            .arg(source)
            .status()
            .expect("the kernels' tests need a C++ compiler");
        assert!(made.success(), "{source} does not compile");
        program
    })
}
