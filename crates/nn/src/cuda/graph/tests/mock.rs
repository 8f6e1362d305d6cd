//! A stand-in for cuDNN's graph API: it records descriptors, offers the engines that a test gives it, and refuses what cuDNN refuses,
//! with cuDNN's numbers. What would be undefined in cuDNN (a descriptor that is gone) panics.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use super::super::backend::{Backend, Raw, Status};
use super::super::names::{Kind, Name, ValueType};
use super::checks;
use super::schema::{READABLE, RULES, width};

pub(super) const BAD_PARAM: u32 = 2000;
pub(super) const MISALIGNED: u32 = 2003;
pub(super) const NOT_FINALIZED: u32 = 2004;
pub(super) const OUT_OF_BOUND: u32 = 2005;
pub(super) const SHAPE_MISMATCH: u32 = 2008;
pub(super) const DUPLICATED: u32 = 2009;
pub(super) const ATTRIBUTE_TYPE: u32 = 2010;
pub(super) const DESCRIPTOR_TYPE: u32 = 2012;
pub(super) const NOT_SUPPORTED: u32 = 3000;

/// Where its handle would be.
pub(super) const HANDLE: usize = 0xcafe;

/// An engine that it offers.
#[derive(Clone, Debug, Default)]
pub(super) struct MockEngine {
    pub(super) index: i64,
    pub(super) notes: Vec<u32>,
    pub(super) behaviour: Vec<u32>,
    pub(super) knobs: Vec<(u32, i64)>,
    pub(super) workspace: i64,
    pub(super) unsupported: bool,
}

#[derive(Clone, Default)]
pub(super) struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
pub(super) struct State {
    pub(super) engines: Vec<MockEngine>,
    pub(super) objects: BTreeMap<Raw, Object>,
    made: usize,
    destroyed: usize,
    /// The engines of the plans that were started, and the addresses by the tensors' numbers.
    pub(super) runs: Vec<(i64, BTreeMap<i64, u64>)>,
    /// The heuristics were asked so often.
    pub(super) asked: usize,
    /// The status of every start.
    pub(super) fails_to_start: Option<u32>,
}

/// A descriptor.
pub(super) struct Object {
    pub(super) kind: Kind,
    pub(super) finalized: bool,
    pub(super) attributes: BTreeMap<Name, Vec<u8>>,
    /// What cuDNN wrote into it: the engine, by its place among those offered, and the graph that it is for.
    pub(super) engine: Option<(usize, Raw)>,
}

impl Object {
    pub(super) fn integers(&self, name: Name) -> Vec<i64> {
        let bytes = self.attributes.get(&name);
        bytes.map_or_else(Vec::new, |bytes| bytemuck::pod_collect_to_vec(bytes))
    }

    pub(super) fn number(&self, name: Name) -> u32 {
        bytemuck::pod_read_unaligned(&self.attributes[&name])
    }

    pub(super) fn children(&self, name: Name) -> Vec<Raw> {
        let integers = self.integers(name);
        integers.into_iter().map(|raw| raw as Raw).collect()
    }
}

impl State {
    /// One that is there.
    pub(super) fn object(&self, raw: Raw) -> &Object {
        let object = self.objects.get(&raw);
        object.expect("a descriptor that is gone is used")
    }

    /// The engine of a configuration or of a plan's.
    pub(super) fn engine(&self, config: Raw) -> (usize, Raw) {
        let config = self.object(config);
        config.engine.unwrap_or_else(|| {
            let engine = self.object(config.children(Name::ConfigEngine)[0]);
            engine.engine.unwrap()
        })
    }

    fn fill(&mut self, raw: Raw, kind: Kind, engine: Option<(usize, Raw)>) -> Result<(), Status> {
        let object = self.objects.get_mut(&raw).expect("one that is there");
        if object.kind != kind {
            return Err(Status(DESCRIPTOR_TYPE));
        }
        assert!(!object.finalized && object.attributes.is_empty());
        object.finalized = true;
        object.engine = engine;
        Ok(())
    }
}

impl Mock {
    pub(super) fn offering(engines: impl IntoIterator<Item = MockEngine>) -> Self {
        let mock = Self::default();
        mock.state().engines.extend(engines);
        mock
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Whether everything that was made is destroyed.
    pub(super) fn assert_no_leaks(&self) {
        let state = self.state();
        assert!(state.made > 0);
        assert_eq!(state.made, state.destroyed);
        assert!(state.objects.is_empty());
    }
}

impl Backend for Mock {
    fn create(&self, kind: Kind) -> Result<Raw, Status> {
        let mut state = self.state();
        state.made += 1;
        let raw = state.made * 16;
        let object = Object {
            kind,
            finalized: false,
            attributes: BTreeMap::new(),
            engine: None,
        };
        state.objects.insert(raw, object);
        Ok(raw)
    }

    unsafe fn set(
        &self,
        raw: Raw,
        name: Name,
        value: ValueType,
        count: i64,
        elements: &[u8],
    ) -> Result<(), Status> {
        let mut state = self.state();
        let object = state.object(raw);
        if object.finalized {
            return Err(Status(BAD_PARAM));
        }
        let mut rules = RULES.iter();
        let rule = rules.find(|rule| rule.kind == object.kind && rule.name == name);
        let rule = rule.ok_or(Status(BAD_PARAM))?;
        if rule.value != value {
            return Err(Status(ATTRIBUTE_TYPE));
        }
        if !(rule.count[0]..=rule.count[1]).contains(&count) {
            return Err(Status(OUT_OF_BOUND));
        }
        assert_eq!(elements.len(), count as usize * width(value));
        if value == ValueType::Descriptor {
            for child in bytemuck::pod_collect_to_vec::<u8, Raw>(elements) {
                let child = state.object(child);
                if !child.finalized {
                    return Err(Status(NOT_FINALIZED));
                }
                if !rule.takes.contains(&child.kind) {
                    return Err(Status(DESCRIPTOR_TYPE));
                }
            }
        }
        if value == ValueType::Handle {
            assert_eq!(elements, HANDLE.to_ne_bytes());
        }
        let object = state.objects.get_mut(&raw).unwrap();
        object.attributes.insert(name, elements.to_vec());
        Ok(())
    }

    unsafe fn finalize(&self, raw: Raw) -> Result<(), Status> {
        let mut state = self.state();
        let object = state.object(raw);
        if object.finalized {
            return Err(Status(BAD_PARAM));
        }
        let required = RULES
            .iter()
            .filter(|rule| rule.kind == object.kind && rule.required);
        for rule in required {
            if !object.attributes.contains_key(&rule.name) {
                return Err(Status(BAD_PARAM));
            }
        }
        let engine = checks::finalize(&state, object)?;
        if object.kind == Kind::Heuristics {
            state.asked += 1;
        }
        let object = state.objects.get_mut(&raw).unwrap();
        object.engine = engine;
        object.finalized = true;
        Ok(())
    }

    unsafe fn get(
        &self,
        raw: Raw,
        name: Name,
        value: ValueType,
        room: i64,
        elements: &mut [u8],
    ) -> Result<i64, Status> {
        let mut state = self.state();
        let object = state.object(raw);
        if !object.finalized {
            return Err(Status(NOT_FINALIZED));
        }
        let kind = object.kind;
        let known = READABLE.iter().find(|one| (one.0, one.1) == (kind, name));
        let (.., wanted) = known.ok_or(Status(BAD_PARAM))?;
        if *wanted != value {
            return Err(Status(ATTRIBUTE_TYPE));
        }
        assert_eq!(elements.len(), room as usize * width(value));
        // NVIDIA's front end asks for no other count; whether that works is not documented.
        if room == 0 && name != Name::HeuristicsResults {
            return Err(Status(BAD_PARAM));
        }
        let engine = |state: &State| match kind {
            Kind::Engine => state.object(raw).engine.unwrap(),
            Kind::Plan => state.engine(state.object(raw).children(Name::PlanConfig)[0]),
            _ => state.engine(raw),
        };
        let numbers = |values: &[u8], elements: &mut [u8]| {
            let written = values.len().min(elements.len());
            elements[..written].copy_from_slice(&values[..written]);
            Ok((values.len() / width(value)) as i64)
        };
        let handed: Vec<Raw> = match value {
            ValueType::Descriptor => bytemuck::pod_collect_to_vec(elements),
            _ => Vec::new(),
        };
        match name {
            Name::HeuristicsResults => {
                let count = state.engines.len();
                let graph = object.children(Name::HeuristicsGraph)[0];
                for (which, &config) in handed.iter().enumerate().take(count) {
                    state.fill(config, Kind::EngineConfig, Some((which, graph)))?;
                }
                Ok(count as i64)
            }
            Name::ConfigEngine => {
                let engine = engine(&state);
                for &one in &handed {
                    state.fill(one, Kind::Engine, Some(engine))?;
                }
                Ok(1)
            }
            Name::ConfigKnobs => {
                let knobs = state.engines[engine(&state).0].knobs.clone();
                for (&one, (number, setting)) in handed.iter().zip(&knobs) {
                    state.fill(one, Kind::KnobChoice, None)?;
                    let filled = state.objects.get_mut(&one).unwrap();
                    let attributes = &mut filled.attributes;
                    attributes.insert(Name::KnobType, number.to_ne_bytes().to_vec());
                    attributes.insert(Name::KnobValue, setting.to_ne_bytes().to_vec());
                }
                Ok(knobs.len() as i64)
            }
            Name::EngineIndex => {
                let index = state.engines[engine(&state).0].index;
                numbers(&index.to_ne_bytes(), elements)
            }
            Name::EngineNotes => {
                let notes = &state.engines[engine(&state).0].notes;
                numbers(bytemuck::cast_slice(notes), elements)
            }
            Name::EngineBehaviour => {
                let behaviour = &state.engines[engine(&state).0].behaviour;
                numbers(bytemuck::cast_slice(behaviour), elements)
            }
            Name::PlanWorkspace => {
                let workspace = state.engines[engine(&state).0].workspace;
                numbers(&workspace.to_ne_bytes(), elements)
            }
            name => numbers(&object.attributes[&name], elements),
        }
    }

    unsafe fn destroy(&self, raw: Raw) {
        let mut state = self.state();
        let gone = state.objects.remove(&raw);
        assert!(gone.is_some(), "a descriptor is destroyed twice");
        state.destroyed += 1;
        for object in state.objects.values() {
            let names = RULES
                .iter()
                .filter(|rule| rule.kind == object.kind && !rule.takes.is_empty());
            for rule in names {
                let children = object.children(rule.name);
                assert!(!children.contains(&raw), "{:?} is needed", rule.name);
            }
            let looks = object.engine.is_some_and(|(_, graph)| graph == raw);
            assert!(!looks, "an engine's graph is destroyed before it");
        }
    }

    unsafe fn execute(&self, plan: Raw, pack: Raw) -> Result<(), Status> {
        let mut state = self.state();
        let run = checks::execute(&state, plan, pack)?;
        if let Some(status) = state.fails_to_start {
            return Err(Status(status));
        }
        state.runs.push(run);
        Ok(())
    }

    fn handle(&self) -> usize {
        HANDLE
    }
}
