//! Threads that compute yield to the window's thread, which is busy for a few milliseconds in each frame, at most: where they take every core,
//! as judging and decoding do, a frame would else wait for its turn, or be interrupted by theirs.
//!
//! On Linux, where every thread has a priority of its own that anyone may lower, and since 6.12 a slice: how long it may run before another
//! one gets the core. A thread that wakes up interrupts only those that have asked for longer slices, and no slice is shorter than the
//! shortest of those that wait (`kernel/sched/fair.c`, `set_protect_slice` and `PREEMPT_SHORT`). Elsewhere nothing is changed.

/// What a thread asks the system for.
#[cfg(target_os = "linux")]
struct Turn {
    /// As `nice` counts.
    nice: i32,
    /// In nanoseconds: 0.1 to 100 ms.
    slice: u64,
}

/// The window's thread runs longer than a frame takes it.
#[cfg(target_os = "linux")]
const WINDOW: Turn = Turn {
    nice: 0,
    slice: 12_000_000,
};

/// A tenth of the share of the window's thread, when both want one core; and a longer slice.
#[cfg(target_os = "linux")]
const COMPUTING: Turn = Turn {
    nice: 10,
    slice: 16_000_000,
};

/// Gives the calling thread, which is the window's, its turn, and starts the threads that share the network's work (rayon's), if they have
/// not been started yet.
pub(crate) fn start() {
    #[cfg(target_os = "linux")]
    WINDOW.take();
    // An error says that they run already, as they do where several windows are tested in one process: nothing is lost but smoothness.
    rayon::ThreadPoolBuilder::new()
        .start_handler(|_| yield_to_window())
        .build_global()
        .ok();
}

/// Lowers the priority of the calling thread, and of threads that it will start.
pub(crate) fn yield_to_window() {
    #[cfg(target_os = "linux")]
    COMPUTING.take();
}

#[cfg(target_os = "linux")]
impl Turn {
    fn take(&self) {
        let taken = attributes().and_then(|now| {
            set(&libc::sched_attr {
                // It can only be lowered.
                sched_nice: now.sched_nice.max(self.nice),
                sched_runtime: self.slice,
                ..now
            })
        });
        if let Err(error) = taken {
            log::debug!("a thread keeps its priority: {error}");
        }
    }
}

/// How the calling thread is scheduled.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the C library has no function for this call")]
fn attributes() -> std::io::Result<libc::sched_attr> {
    let size = size_of::<libc::sched_attr>() as u32;
    // SAFETY: it consists of integers.
    let mut now: libc::sched_attr = unsafe { std::mem::zeroed() };
    // SAFETY: the system writes no more than `size` bytes to a structure that is as large and outlives the call.
    let result = unsafe { libc::syscall(libc::SYS_sched_getattr, 0, &raw mut now, size, 0) };
    answered(result).map(|()| now)
}

/// Changes how the calling thread is scheduled.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the C library has no function for this call")]
fn set(attributes: &libc::sched_attr) -> std::io::Result<()> {
    // SAFETY: the system reads a structure that says its own size.
    let result = unsafe {
        libc::syscall(
            libc::SYS_sched_setattr,
            0,
            std::ptr::from_ref(attributes),
            0,
        )
    };
    answered(result)
}

#[cfg(target_os = "linux")]
fn answered(result: libc::c_long) -> std::io::Result<()> {
    if result == 0 {
        Ok(())
    } else {
        Err(std::io::Error::last_os_error())
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_yields_takes_only_its_own_threads_along() {
        let nice = || attributes().unwrap().sched_nice;
        let before = nice();
        let theirs = std::thread::scope(|scope| {
            let yielding = scope.spawn(|| {
                yield_to_window();
                let theirs = std::thread::scope(|scope| scope.spawn(nice).join().unwrap());
                (nice(), theirs)
            });
            yielding.join().unwrap()
        });
        let wanted = before.max(COMPUTING.nice);
        assert_eq!(theirs, (wanted, wanted));
        assert_eq!(nice(), before);
    }

    /// The system says the slice that it was asked for since 6.12; before, it says 0.
    #[test]
    fn a_thread_that_computes_has_a_longer_slice_than_the_window_s() {
        let slice_of = |turn: &Turn| {
            std::thread::scope(|scope| {
                let taking = scope.spawn(|| {
                    turn.take();
                    attributes().unwrap().sched_runtime
                });
                taking.join().unwrap()
            })
        };
        match (slice_of(&WINDOW), slice_of(&COMPUTING)) {
            (0, 0) => {}
            (window, computing) => {
                assert_eq!((window, computing), (WINDOW.slice, COMPUTING.slice));
                assert!(window < computing);
            }
        }
    }
}
