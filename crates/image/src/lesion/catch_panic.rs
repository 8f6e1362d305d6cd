//! Runs a decoder so that a panic inside it becomes a value instead of the end of the thread.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; if it panics, returns the panic's payload, without a message on standard error.
///
/// Third-party decoders panic on some damaged files (zune-image#409 lists cases). The process's panic hook is wrapped
/// once: threads that are not inside this function keep the hook that was there before.
pub(crate) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    // The decoders own everything that they touch, so nothing half-changed survives the panic.
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    outcome
}

/// The text of a panic's payload.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&'static str>()
        .map(|s| (*s).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_value() {
        assert_eq!(contain(|| 7).unwrap(), 7);
        let payload = contain(|| panic!("broken at {}", 3)).unwrap_err();
        assert_eq!(message(&*payload), "broken at 3");
        // Nested, as when one decoder calls another: the outer one stays silent afterwards.
        contain(|| {
            contain(|| panic!("inner")).unwrap_err();
            assert!(QUIET.get());
        })
        .unwrap();
        assert!(
            !QUIET.get(),
            "this thread's own panics are to be seen again"
        );
    }
}
