//! Threads that compute yield to the window's thread, which is busy for a few milliseconds in each frame, at most: where they take every core,
//! as judging and decoding do, a frame would else wait for its turn.
//!
//! On Linux, where every thread has a priority of its own that anyone may lower. Elsewhere nothing is changed.

/// As `nice` counts: a tenth of the share of the window's thread, when both want one core.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Starts the threads that share the network's work (rayon's), if they have not been started yet.
pub(crate) fn start_workers() {
    // An error says that they run already, as they do where several windows are tested in one process: nothing is lost but smoothness.
    rayon::ThreadPoolBuilder::new()
        .start_handler(|_| yield_to_window())
        .build_global()
        .ok();
}

/// Lowers the priority of the calling thread, and of threads that it will start.
pub(crate) fn yield_to_window() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        let lower = |now| {
            if now < NICE {
                setpriority_process(None, NICE)
            } else {
                Ok(())
            }
        };
        if let Err(error) = getpriority_process(None).and_then(lower) {
            log::debug!("a thread keeps its priority: {error}");
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_yields_takes_only_its_own_threads_along() {
        let nice = || rustix::process::getpriority_process(None).unwrap();
        let before = nice();
        let theirs = std::thread::scope(|scope| {
            let yielding = scope.spawn(|| {
                yield_to_window();
                let theirs = std::thread::scope(|scope| scope.spawn(nice).join().unwrap());
                (nice(), theirs)
            });
            yielding.join().unwrap()
        });
        let wanted = before.max(NICE);
        assert_eq!(theirs, (wanted, wanted));
        assert_eq!(nice(), before);
    }
}
