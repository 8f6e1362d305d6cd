//! A card that is held: its stream, cuDNN, the kernels, one workspace for all convolutions. One thread at a time.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use candle_core::cuda_backend::cudarc::cudnn::result::CudnnError;
use candle_core::cuda_backend::cudarc::driver::sys::cuDriverGetVersion;
use candle_core::cuda_backend::cudarc::driver::{
    CudaFunction, CudaModule, CudaSlice, CudaStream, DevicePtr as _, DeviceRepr, LaunchConfig,
    PushKernelArg as _,
};
use candle_core::cuda_backend::cudarc::nvrtc::Ptx;
use candle_core::cuda_backend::{CudaDevice, DeviceId};
use candle_core::{Device, Error, Result};

use super::call::{Argument, Call};
use super::cudnn::{self, Handle, Relu, Workspace};
use super::graph::fusion::Fusion;
use super::graph::memory::Choices;
use super::operand::{Extent, Strided, Window};
use super::plan_store;
use super::prepared::{Prepared, Training};

/// Threads of a block.
const BLOCK: u32 = 256;

/// The kernels, compiled by `build.rs`.
const PERTURB: &str = include_str!(concat!(env!("OUT_DIR"), "/perturb.ptx"));
const LAYERS: &str = include_str!(concat!(env!("OUT_DIR"), "/layers.ptx"));

// SAFETY: numbers alone, laid out as in C, each as common.h or layers.cu declares it.
unsafe impl DeviceRepr for Strided {}
// SAFETY: likewise.
unsafe impl DeviceRepr for Extent {}
// SAFETY: likewise.
unsafe impl DeviceRepr for Window {}

/// An error of the driver as Candle's, with its name in the text.
pub(super) fn failed(error: impl std::fmt::Display + Send + Sync + 'static) -> Error {
    Error::wrap(error)
}

/// Opens the n-th card.
///
/// # Errors
/// If the driver has no such card.
pub fn open(n: usize) -> Result<Device> {
    // A stream of its own: the default one is another in each thread, and none can be captured that all share.
    let device = CudaDevice::new_with_stream(n)?;
    // SAFETY: everything that is done on this card goes through this one stream, so that nothing overtakes anything; but for what
    // `Transfer` holds, whose order on two streams is `Pipeline`'s.
    unsafe { device.disable_event_tracking() };
    Ok(Device::Cuda(device))
}

/// A card that is held. Whoever works with it keeps it: the last to let go closes it, which is the way back after a card was lost.
pub struct Card {
    device: CudaDevice,
    stream: Arc<CudaStream>,
    kernels: [Arc<CudaModule>; 2],
    relu: Mutex<Relu>,
    state: Mutex<State>,
}

struct State {
    functions: HashMap<&'static str, CudaFunction>,
    handle: Handle,
    workspace: Option<DeviceBuffer>,
    training: HashMap<Training, Prepared>,
    plans: KnownPlans,
}

/// The newest CUDA that the driver serves, as a number; 0 if it does not tell.
fn driver_version() -> String {
    let mut version = 0;
    // SAFETY: there is room for a number. A failure leaves it.
    unsafe { cuDriverGetVersion(&raw mut version) };
    version.to_string()
}

/// What is known of plans of cuDNN's graph API.
pub(super) struct KnownPlans {
    /// The engines of those that were kept.
    pub(super) choices: Choices,
    /// What the older calls compute, since no plan does.
    pub(super) refused: HashSet<Fusion>,
}

/// Cards that somebody holds.
static HELD: Mutex<Vec<(DeviceId, Weak<Card>)>> = Mutex::new(Vec::new());

impl Card {
    /// The card of a device, opened for convolutions.
    ///
    /// # Errors
    /// If it is no CUDA device, cuDNN does not start, or the driver does not take the kernels.
    pub fn of(device: &Device) -> Result<Arc<Self>> {
        let device = device.as_cuda_device()?;
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(_, card)| card.strong_count() > 0);
        let known = held.iter().find(|(id, _)| *id == device.id());
        if let Some(card) = known.and_then(|(_, card)| card.upgrade()) {
            return Ok(card);
        }
        let card = Arc::new(Self::new(device.clone())?);
        held.push((device.id(), Arc::downgrade(&card)));
        Ok(card)
    }

    fn new(device: CudaDevice) -> Result<Self> {
        let stream = device.cuda_stream();
        let context = stream.context();
        let module = |ptx: &str| context.load_module(Ptx::from_src(ptx)).map_err(failed);
        let kernels = [module(PERTURB)?, module(LAYERS)?];
        context.bind_to_thread().map_err(failed)?;
        let handle = Handle::new(&stream).map_err(failed)?;
        let name = context.name().unwrap_or_default();
        let mut choices = Choices::of(&name, &driver_version(), &cudnn::version().to_string());
        plan_store::recall(&mut choices);
        Ok(Self {
            kernels,
            relu: Mutex::new(Relu::new().map_err(failed)?),
            state: Mutex::new(State {
                functions: HashMap::new(),
                handle,
                workspace: None,
                training: HashMap::new(),
                plans: KnownPlans {
                    choices,
                    refused: HashSet::new(),
                },
            }),
            device,
            stream,
        })
    }

    /// Its name, as the driver has it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.stream.context().name().ok()
    }

    /// The card for this thread alone.
    pub(super) fn locked(&self) -> Result<LockedCard<'_>> {
        self.stream.context().bind_to_thread().map_err(failed)?;
        Ok(LockedCard {
            card: self,
            relu: self.relu.lock().unwrap_or_else(PoisonError::into_inner),
            state: self.state.lock().unwrap_or_else(PoisonError::into_inner),
        })
    }

    pub(super) fn device(&self) -> &CudaDevice {
        &self.device
    }

    pub(super) fn stream(&self) -> &Arc<CudaStream> {
        &self.stream
    }
}

/// Memory on a card.
pub(super) struct DeviceBuffer {
    pub(super) slice: CudaSlice<u8>,
    /// Where it begins.
    pub(super) at: u64,
}

impl DeviceBuffer {
    /// So many bytes of zeros.
    pub(super) fn zeros(stream: &Arc<CudaStream>, bytes: usize) -> Result<Self> {
        let slice = stream.alloc_zeros::<u8>(bytes.max(1)).map_err(failed)?;
        Ok(Self::of(slice, stream))
    }

    /// These bytes.
    pub(super) fn holding(stream: &Arc<CudaStream>, bytes: &[u8]) -> Result<Self> {
        let mut memory = Self::zeros(stream, bytes.len())?;
        memory.write(stream, memory.at, bytes)?;
        Ok(memory)
    }

    fn of(slice: CudaSlice<u8>, stream: &CudaStream) -> Self {
        let (at, _) = slice.device_ptr(stream);
        Self { slice, at }
    }

    /// Writes bytes at an address within.
    pub(super) fn write(&mut self, stream: &Arc<CudaStream>, at: u64, bytes: &[u8]) -> Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let from = (at - self.at) as usize;
        let Some(mut to) = self.slice.try_slice_mut(from..from + bytes.len()) else {
            candle_core::bail!("{} bytes are written beyond a card's memory", bytes.len());
        };
        stream.memcpy_htod(bytes, &mut to).map_err(failed)
    }

    /// Reads f32 values from an address within; waits for all that was begun.
    pub(super) fn read(
        &self,
        stream: &Arc<CudaStream>,
        at: u64,
        values: usize,
    ) -> Result<Vec<f32>> {
        let from = (at - self.at) as usize;
        let Some(view) = self.slice.try_slice(from..from + values * 4) else {
            candle_core::bail!("{values} values are read beyond a card's memory");
        };
        let bytes = stream.clone_dtoh(&view).map_err(failed)?;
        stream.synchronize().map_err(failed)?;
        Ok(bytemuck::pod_collect_to_vec(&bytes))
    }
}

/// A card in the hands of one thread.
pub(super) struct LockedCard<'a> {
    pub(super) card: &'a Card,
    relu: MutexGuard<'a, Relu>,
    state: MutexGuard<'a, State>,
}

impl LockedCard<'_> {
    pub(super) fn handle(&self) -> &Handle {
        &self.state.handle
    }

    pub(super) fn relu(&self) -> &Relu {
        &self.relu
    }

    /// The workspace, with so many bytes at least.
    pub(super) fn workspace(&mut self, bytes: usize) -> Result<Workspace> {
        match &self.state.workspace {
            Some(memory) if memory.slice.len() >= bytes => Ok((memory.at, bytes)),
            _ => {
                // The old one first: there may not be memory for both.
                self.state.workspace = None;
                let memory = DeviceBuffer::zeros(&self.card.stream, bytes)?;
                let at = memory.at;
                self.state.workspace = Some(memory);
                Ok((at, bytes))
            }
        }
    }

    pub(super) fn plans(&mut self) -> &mut KnownPlans {
        &mut self.state.plans
    }

    /// Keeps for the next start which plans were chosen.
    pub(super) fn keep_choices(&mut self) {
        plan_store::keep(&mut self.state.plans.choices);
    }

    /// Where the workspace is.
    pub(super) fn workspace_at(&self) -> u64 {
        self.state.workspace.as_ref().map_or(0, |memory| memory.at)
    }

    /// Takes a convolution that was prepared for training out of the store.
    pub(super) fn take_training(&mut self, key: &Training) -> Option<Prepared> {
        self.state.training.remove(key)
    }

    /// Puts one in.
    pub(super) fn put_training(&mut self, key: Training, prepared: Prepared) {
        self.state.training.insert(key, prepared);
    }

    /// Starts a kernel on the card's own stream.
    ///
    /// # Safety
    /// The addresses must hold what the kernel reads and have room for what it writes.
    pub(super) unsafe fn start(&mut self, call: &Call) -> Result<()> {
        // SAFETY: as the caller says.
        unsafe { self.start_on(&self.card.stream, call) }
    }

    /// Starts a kernel on a stream of this card.
    ///
    /// # Safety
    /// As [`LockedCard::start`], when the stream has come there.
    pub(super) unsafe fn start_on(&mut self, stream: &Arc<CudaStream>, call: &Call) -> Result<()> {
        if call.threads == 0 {
            return Ok(());
        }
        let [perturb, layers] = &self.card.kernels;
        let module = if call.kernel.starts_with("perturb") {
            perturb
        } else {
            layers
        };
        let function = match self.state.functions.entry(call.kernel) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(module.load_function(call.kernel).map_err(failed)?)
            }
        };
        let mut builder = stream.launch_builder(function);
        for argument in &call.arguments {
            match argument {
                Argument::Strided(value) => builder.arg(value),
                Argument::Extent(value) => builder.arg(value),
                Argument::Window(value) => builder.arg(value),
                Argument::Int(value) => builder.arg(value),
                Argument::Double(value) => builder.arg(value),
                Argument::Pointer(value) => builder.arg(value),
            };
        }
        let config = LaunchConfig {
            grid_dim: (
                (call.threads as u64).div_ceil(u64::from(BLOCK)) as u32,
                1,
                1,
            ),
            block_dim: (BLOCK, 1, 1),
            shared_mem_bytes: 0,
        };
        // SAFETY: `Call` gives each kernel the arguments that it declares (held by tests on the host); the addresses are as the
        // caller says.
        unsafe { builder.launch(config) }.map_err(failed)?;
        Ok(())
    }
}

/// cuDNN's errors as Candle's.
pub(super) fn cudnn_failed(error: CudnnError) -> Error {
    failed(error)
}
