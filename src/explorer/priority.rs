//! Threads that compute yield to the window's thread, which is busy for a few milliseconds in each frame, at most: where they take every core,
//! as judging and decoding do, a frame would else wait for its turn. So do those of Mesa's software rasteriser, where there is no graphics
//! card: it shares the cores with the network then, which would else wait for whole pictures to be drawn.
//!
//! On Linux, where every thread has a priority of its own that anyone may lower. Elsewhere nothing is changed.

#[cfg(target_os = "linux")]
use rustix::process::{Pid, getpriority_process, setpriority_process};

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
    lower(None);
}

/// Lowers the priority of the threads of Mesa's software rasteriser, which a graphics device has started; of any other, nothing changes.
pub(crate) fn rasteriser_yields() {
    #[cfg(target_os = "linux")]
    for thread in threads_named(RASTERISER) {
        lower(Some(thread));
    }
}

/// What the names of the rasteriser's threads begin with.
#[cfg(target_os = "linux")]
const RASTERISER: &str = "llvmpipe";

/// The threads of this process whose names begin so.
#[cfg(target_os = "linux")]
fn threads_named(name: &str) -> Vec<Pid> {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return Vec::new();
    };
    let threads = threads.filter_map(Result::ok).filter(|thread| {
        let named = std::fs::read_to_string(thread.path().join("comm"));
        named.is_ok_and(|named| named.starts_with(name))
    });
    let number = |thread: std::fs::DirEntry| thread.file_name().to_str()?.parse().ok();
    threads
        .filter_map(number)
        .filter_map(Pid::from_raw)
        .collect()
}

/// Lowers the priority of a thread, or of the calling one.
#[cfg(target_os = "linux")]
fn lower(thread: Option<Pid>) {
    let lower = |now| {
        if now < NICE {
            setpriority_process(thread, NICE)
        } else {
            Ok(())
        }
    };
    if let Err(error) = getpriority_process(thread).and_then(lower) {
        log::debug!("a thread keeps its priority: {error}");
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_yields_takes_only_its_own_threads_along() {
        let nice = || getpriority_process(None).unwrap();
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

    #[test]
    fn only_threads_of_that_name_are_lowered() {
        let (tell, told) = std::sync::mpsc::channel();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let waits = move || {
            tell.send(()).unwrap();
            ended.recv().ok();
            getpriority_process(None).unwrap()
        };
        let named = std::thread::Builder::new().name("a-rasteriser-0".into());
        let named = named.spawn(waits).unwrap();
        told.recv().unwrap();
        let before = getpriority_process(None).unwrap();
        let threads = threads_named("a-rasteriser");
        assert_eq!(threads.len(), 1);
        for thread in threads {
            lower(Some(thread));
        }
        drop(end);
        assert_eq!(named.join().unwrap(), before.max(NICE));
        assert_eq!(getpriority_process(None).unwrap(), before);
        assert!(threads_named("nobody is called so").is_empty());
    }
}
