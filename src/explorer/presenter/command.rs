//! Commands about presenter mode.

/// What a person can ask for about presenter mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenterCommand {
    /// Enter it, or leave it; if verdicts are hidden, only when that is asked for again.
    Toggle,
    /// Leave it; if verdicts are hidden, only when it is asked for again.
    Leave,
    /// Stay in it, after it was asked whether to leave it.
    Stay,
    /// Show or hide the list.
    List,
    /// Show or hide the sliders.
    Tools,
    /// Show or hide the ring around the pointer.
    Pointer,
    /// Begin or end *guess, then reveal*; outside presenter mode, whether it begins with that.
    Guess,
    /// Reveal the verdict of the explored lesion, or hide it again.
    Reveal,
}
