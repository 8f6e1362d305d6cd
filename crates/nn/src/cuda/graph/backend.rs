//! The calls of cuDNN's graph API, behind a trait: cuDNN itself, or what stands in for it in tests.

use super::names::{Kind, Name, ValueType};

/// A descriptor of cuDNN's, by its address.
pub(in crate::cuda) type Raw = usize;

/// What cuDNN answers where something is wrong, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cuda) struct Status(pub(in crate::cuda) u32);

type Result<T> = std::result::Result<T, Status>;

/// Elements of attributes are handed over as bytes: so many values of the type, one after another, aligned as the type is.
pub(in crate::cuda) trait Backend: Clone {
    /// A descriptor. It is there until it is destroyed.
    fn create(&self, kind: Kind) -> Result<Raw>;

    /// # Safety
    /// The descriptor is there, and so are those that the elements name, which stay until this one is gone; the elements are `count`
    /// values of the type.
    unsafe fn set(
        &self,
        raw: Raw,
        name: Name,
        kind: ValueType,
        count: i64,
        elements: &[u8],
    ) -> Result<()>;

    /// # Safety
    /// The descriptor is there.
    unsafe fn finalize(&self, raw: Raw) -> Result<()>;

    /// Writes at most `room` elements; says how many there are. Descriptors are filled that the elements name.
    ///
    /// # Safety
    /// The descriptor is there, and so are those that the elements name; there is room for so many values of the type.
    unsafe fn get(
        &self,
        raw: Raw,
        name: Name,
        kind: ValueType,
        room: i64,
        elements: &mut [u8],
    ) -> Result<i64>;

    /// # Safety
    /// The descriptor is there, and is not used afterwards.
    unsafe fn destroy(&self, raw: Raw);

    /// Starts a plan.
    ///
    /// # Safety
    /// Both are there; the pack's addresses hold what the plan's tensors say, and have room for it.
    unsafe fn execute(&self, plan: Raw, pack: Raw) -> Result<()>;

    /// The address of the handle that plans are made for.
    fn handle(&self) -> usize;
}

#[cfg(feature = "cudnn")]
pub(in crate::cuda) use cudnn::Cudnn;

#[cfg(feature = "cudnn")]
mod cudnn {
    use std::ffi::c_void;
    use std::ptr;

    use candle_core::cuda_backend::cudarc::cudnn::sys;

    use super::super::names::{Kind, Name, ValueType};
    use super::{Backend, Raw, Result, Status};

    /// cuDNN.
    #[derive(Clone, Copy)]
    pub(in crate::cuda) struct Cudnn {
        /// The handle's address.
        handle: usize,
    }

    impl Cudnn {
        /// By a handle, which must be alive whenever something is done.
        pub(in crate::cuda) fn new(handle: sys::cudnnHandle_t) -> Self {
            Self {
                handle: handle.expose_provenance(),
            }
        }
    }

    fn checked(status: sys::cudnnStatus_t) -> Result<()> {
        match status {
            sys::cudnnStatus_t::CUDNN_STATUS_SUCCESS => Ok(()),
            status => Err(Status(status as u32)),
        }
    }

    fn pointer(raw: Raw) -> *mut c_void {
        ptr::with_exposed_provenance_mut(raw)
    }

    impl Backend for Cudnn {
        fn create(&self, kind: Kind) -> Result<Raw> {
            let mut made = ptr::null_mut();
            // SAFETY: there is room for an address.
            checked(unsafe { sys::cudnnBackendCreateDescriptor(kind.theirs(), &raw mut made) })?;
            Ok(made.expose_provenance())
        }

        unsafe fn set(
            &self,
            raw: Raw,
            name: Name,
            kind: ValueType,
            count: i64,
            elements: &[u8],
        ) -> Result<()> {
            let (name, kind) = (name.theirs(), kind.theirs());
            let from = elements.as_ptr().cast();
            // SAFETY: this function's contract; cuDNN copies the elements.
            checked(unsafe { sys::cudnnBackendSetAttribute(pointer(raw), name, kind, count, from) })
        }

        unsafe fn finalize(&self, raw: Raw) -> Result<()> {
            // SAFETY: this function's contract.
            checked(unsafe { sys::cudnnBackendFinalize(pointer(raw)) })
        }

        unsafe fn get(
            &self,
            raw: Raw,
            name: Name,
            kind: ValueType,
            room: i64,
            elements: &mut [u8],
        ) -> Result<i64> {
            let to = if elements.is_empty() {
                ptr::null_mut()
            } else {
                elements.as_mut_ptr().cast()
            };
            let mut count = 0;
            let (name, kind) = (name.theirs(), kind.theirs());
            // SAFETY: this function's contract.
            checked(unsafe {
                sys::cudnnBackendGetAttribute(pointer(raw), name, kind, room, &raw mut count, to)
            })?;
            Ok(count)
        }

        unsafe fn destroy(&self, raw: Raw) {
            // SAFETY: this function's contract. If it fails there is nobody to tell.
            unsafe { sys::cudnnBackendDestroyDescriptor(pointer(raw)) };
        }

        unsafe fn execute(&self, plan: Raw, pack: Raw) -> Result<()> {
            let handle = ptr::with_exposed_provenance_mut(self.handle);
            // SAFETY: this function's contract; the handle is alive, as `new` demands.
            checked(unsafe { sys::cudnnBackendExecute(handle, pointer(plan), pointer(pack)) })
        }

        fn handle(&self) -> usize {
            self.handle
        }
    }
}
