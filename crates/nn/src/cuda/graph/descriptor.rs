//! Descriptors of cuDNN's graph API, owned: made, filled, finalised, read, destroyed when the last who needs them lets go.

use std::sync::Arc;

use bytemuck::{AnyBitPattern, NoUninit};

use super::backend::{Backend, Raw, Status};
use super::names::{
    ConvolutionMode, DataType, HeuristicsMode, Kind, Name, NanPropagation, PointwiseMode, ValueType,
};

/// No engine has more notes or knobs: cuDNN knows 10 and 44.
const MOST: usize = 64;

/// Why something is not done by a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::cuda) enum GraphError {
    /// A call of cuDNN's.
    #[error("cuDNN answers {status} where {what} is {done}")]
    Call {
        what: String,
        done: &'static str,
        status: u32,
    },
    /// Something else.
    #[error("{0}")]
    Other(String),
}

/// The result of what may fail in cuDNN's graph API.
pub(in crate::cuda) type Result<T> = std::result::Result<T, GraphError>;

/// A value that attributes are made of.
pub(super) trait Element: NoUninit {
    /// As which type it is handed over.
    const TYPE: ValueType;
}

macro_rules! elements {
    ($($type:ty = $name:ident),+ $(,)?) => {
        $(impl Element for $type {
            const TYPE: ValueType = ValueType::$name;
        })+
    };
}

elements! {
    bool = Boolean,
    i64 = Int64,
    f32 = Float,
    DataType = DataType,
    ConvolutionMode = ConvolutionMode,
    PointwiseMode = PointwiseMode,
    NanPropagation = NanPropagation,
    HeuristicsMode = HeuristicsMode,
}

/// A descriptor that can still be filled.
pub(super) struct Draft<B: Backend>(Descriptor<B>);

/// A descriptor, finalised or filled by cuDNN.
pub(super) struct Descriptor<B: Backend> {
    backend: B,
    kind: Kind,
    raw: Raw,
    /// cuDNN may look at these as long as this is there.
    children: Vec<Arc<Self>>,
}

impl<B: Backend> Drop for Descriptor<B> {
    fn drop(&mut self) {
        // SAFETY: made by `Draft::new`, and destroyed here only; the children are dropped after it.
        unsafe { self.backend.destroy(self.raw) };
    }
}

impl<B: Backend> Draft<B> {
    pub(super) fn new(backend: &B, kind: Kind) -> Result<Self> {
        let made = backend.create(kind);
        let raw = made.map_err(|status| failed(format!("{kind:?}"), "made", status))?;
        Ok(Self(Descriptor {
            backend: backend.clone(),
            kind,
            raw,
            children: Vec::new(),
        }))
    }

    /// Sets an attribute of numbers.
    pub(super) fn set<T: Element>(self, name: Name, values: &[T]) -> Result<Self> {
        self.set_as(name, T::TYPE, values)
    }

    /// Sets an attribute that is another descriptor, or several.
    pub(super) fn child(mut self, name: Name, children: &[&Arc<Descriptor<B>>]) -> Result<Self> {
        let raw: Vec<Raw> = children.iter().map(|child| child.raw).collect();
        self.0.children.extend(children.iter().copied().cloned());
        self.set_as(name, ValueType::Descriptor, &raw)
    }

    /// Sets the attribute that is cuDNN's handle.
    pub(super) fn handle(self, name: Name) -> Result<Self> {
        let handle = [self.0.backend.handle()];
        self.set_as(name, ValueType::Handle, &handle)
    }

    /// Sets an attribute of addresses on the card.
    pub(super) fn addresses(self, name: Name, addresses: &[u64]) -> Result<Self> {
        self.set_as(name, ValueType::Pointer, addresses)
    }

    /// Sets the type of a knob, which is a number that only cuDNN knows.
    pub(super) fn knob_type(self, name: Name, number: u32) -> Result<Self> {
        self.set_as(name, ValueType::KnobType, &[number])
    }

    fn set_as<T: NoUninit>(self, name: Name, kind: ValueType, values: &[T]) -> Result<Self> {
        let Descriptor { backend, raw, .. } = &self.0;
        let bytes = bytemuck::cast_slice(values);
        // SAFETY: the descriptor is there; the types of `Element`, addresses and descriptors' addresses are as wide as cuDNN's; what
        // descriptors are named, `children` keeps.
        unsafe { backend.set(*raw, name, kind, values.len() as i64, bytes) }
            .map_err(|status| failed(format!("{name:?}"), "set", status))?;
        Ok(self)
    }

    pub(super) fn finalize(self) -> Result<Arc<Descriptor<B>>> {
        // SAFETY: the descriptor is there.
        unsafe { self.0.backend.finalize(self.0.raw) }
            .map_err(|status| failed(format!("{:?}", self.0.kind), "finalised", status))?;
        Ok(Arc::new(self.0))
    }
}

impl<B: Backend> Descriptor<B> {
    pub(super) fn backend(&self) -> &B {
        &self.backend
    }

    /// An attribute of one whole number.
    pub(super) fn number(&self, name: Name) -> Result<i64> {
        self.one(name, ValueType::Int64)
    }

    /// An attribute that is one number of a list of cuDNN's.
    pub(super) fn enumerated(&self, name: Name, kind: ValueType) -> Result<u32> {
        self.one(name, kind)
    }

    /// An attribute that is some numbers of a list of cuDNN's.
    pub(super) fn all_enumerated(&self, name: Name, kind: ValueType) -> Result<Vec<u32>> {
        // Asked as NVIDIA's own front end asks: with room for all that there may be. Not every attribute says its count without.
        let mut values = [0_u32; MOST];
        let count = self.read(name, kind, &mut values)?;
        let values = values.get(..count);
        values.map(<[u32]>::to_vec).ok_or_else(|| too_many(name))
    }

    fn one<T: NoUninit + AnyBitPattern + Default>(&self, name: Name, kind: ValueType) -> Result<T> {
        let mut values = [T::default()];
        match (self.read(name, kind, &mut values)?, values) {
            (1, [value]) => Ok(value),
            (count, _) => Err(GraphError::Other(format!("{name:?} has {count} values"))),
        }
    }

    /// The descriptors of an attribute that says how many they are: made by us, filled by cuDNN.
    pub(super) fn filled(self: &Arc<Self>, name: Name, kind: Kind) -> Result<Vec<Arc<Self>>> {
        let count = self.read::<Raw>(name, ValueType::Descriptor, &mut [])?;
        self.fill(name, kind, count)
    }

    /// Likewise, of an attribute that is a few descriptors.
    pub(super) fn filled_few(self: &Arc<Self>, name: Name, kind: Kind) -> Result<Vec<Arc<Self>>> {
        self.fill(name, kind, MOST)
    }

    /// Likewise, of an attribute that is one descriptor.
    pub(super) fn filled_one(self: &Arc<Self>, name: Name, kind: Kind) -> Result<Arc<Self>> {
        let mut all = self.fill(name, kind, 1)?;
        let one = all.pop();
        one.ok_or_else(|| GraphError::Other(format!("{name:?} is empty")))
    }

    fn fill(self: &Arc<Self>, name: Name, kind: Kind, count: usize) -> Result<Vec<Arc<Self>>> {
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            let mut one = Draft::new(&self.backend, kind)?.0;
            // What cuDNN writes into it may look at what this one looks at.
            one.children.push(Arc::clone(self));
            made.push(Arc::new(one));
        }
        let mut raw: Vec<Raw> = made.iter().map(|one| one.raw).collect();
        let asked = raw.clone();
        let there = self.read(name, ValueType::Descriptor, &mut raw)?;
        if raw != asked {
            let trouble = format!("{name:?} gives descriptors that are not those handed over");
            return Err(GraphError::Other(trouble));
        }
        // The offered engines may be more than a moment ago; the first are enough.
        if there > count && name != Name::HeuristicsResults {
            return Err(too_many(name));
        }
        made.truncate(there);
        Ok(made)
    }

    /// Reads into `values`, as far as there is room; says how many there are.
    fn read<T: NoUninit + AnyBitPattern>(
        &self,
        name: Name,
        kind: ValueType,
        values: &mut [T],
    ) -> Result<usize> {
        let room = values.len() as i64;
        let bytes = bytemuck::cast_slice_mut(values);
        // SAFETY: the descriptor is there; the numbers are as wide as cuDNN's, and every pattern of bits is one.
        let count = unsafe { self.backend.get(self.raw, name, kind, room, bytes) }
            .map_err(|status| failed(format!("{name:?}"), "read", status))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Starts this plan.
    ///
    /// # Safety
    /// The pack's addresses must hold what the plan's tensors say, and have room for it.
    pub(super) unsafe fn execute(&self, pack: &Self) -> Result<()> {
        // SAFETY: both are there; the addresses are as the caller says.
        unsafe { self.backend.execute(self.raw, pack.raw) }
            .map_err(|status| failed("a plan".to_owned(), "started", status))
    }
}

fn too_many(name: Name) -> GraphError {
    GraphError::Other(format!("{name:?} has more values than are known"))
}

fn failed(what: String, done: &'static str, Status(status): Status) -> GraphError {
    GraphError::Call { what, done, status }
}
