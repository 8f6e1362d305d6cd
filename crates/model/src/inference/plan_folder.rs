//! A folder in which it is kept from one start to the next which of cuDNN's plans were chosen on a card. It contains numbers and the card's
//! name, nothing of photographs, and may be deleted at any time.

use std::fs;
use std::io;
use std::path::PathBuf;

use flipscope_base::atomic::{self, Existing};
use flipscope_base::read;

/// The most bytes of a file there; a network's plans for one size of batch take some 20 kB.
const LARGEST: u64 = 8 << 20;

/// The folder. It need not be there.
pub(crate) struct PlanFolder(PathBuf);

impl PlanFolder {
    fn text(&self, name: &str) -> Option<String> {
        read::text(&self.0.join(name), LARGEST).ok()
    }

    fn replace(&self, name: &str, text: &str) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        atomic::write(&self.0.join(name), text.as_bytes(), Existing::Replace)
    }
}

#[cfg(feature = "cudnn")]
impl flipscope_nn::cuda::PlanStore for PlanFolder {
    fn read(&self, name: &str) -> Option<String> {
        self.text(name)
    }

    fn write(&self, name: &str, text: &str) {
        // Without it the next start chooses again, which is no loss but of time.
        self.replace(name, text).ok();
    }
}

/// Keeps in a folder which plans are chosen on cards that are opened from here on. The first call counts.
#[cfg(feature = "cudnn")]
pub fn keep_plans_in(folder: PathBuf) {
    flipscope_nn::cuda::keep_plans(Box::new(PlanFolder(folder)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_no_text_is_not() {
        let place = tempfile::tempdir().unwrap();
        let folder = PlanFolder(place.path().join("made/when needed"));
        assert_eq!(folder.text("a.txt"), None);
        folder.replace("a.txt", "one\n").unwrap();
        folder.replace("a.txt", "two\n").unwrap();
        assert_eq!(folder.text("a.txt").as_deref(), Some("two\n"));
        fs::write(folder.0.join("a.txt"), [0xff, 0xfe]).unwrap();
        assert_eq!(folder.text("a.txt"), None);
        folder.replace("a.txt", "three\n").unwrap();
        assert_eq!(folder.text("a.txt").as_deref(), Some("three\n"));
        // A file where the folder should be.
        let blocked = PlanFolder(folder.0.join("a.txt"));
        assert!(blocked.replace("b.txt", "four\n").is_err());
        assert_eq!(blocked.text("b.txt"), None);
    }
}
