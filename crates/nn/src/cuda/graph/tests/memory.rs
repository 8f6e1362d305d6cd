//! What was chosen, from one start to the next.

use proptest::prelude::*;

use super::super::engine::Choice;
use super::super::memory::Choices;
use super::{PRECISIONS, fusion};

fn here() -> Choices {
    Choices::of("NVIDIA H100 80GB HBM3", "13000", "91900")
}

fn filled() -> Choices {
    let mut choices = here();
    for (engine, precision) in PRECISIONS.into_iter().enumerate() {
        let knobs = (0..engine as u32).map(|knob| (knob, -7 * i64::from(knob)));
        let choice = Choice {
            engine: engine as i64,
            knobs: knobs.collect(),
        };
        choices.put(&fusion(precision), choice);
    }
    choices
}

#[test]
fn it_is_read_as_it_was_written() {
    let mut choices = filled();
    let text = choices.news().unwrap();
    assert_eq!(choices.news(), None);
    let mut read = here();
    assert!(read.recall(&text));
    assert_eq!(read, choices);
    assert_eq!(read.news(), None);
    let fusion = fusion(PRECISIONS[2]);
    assert_eq!(read.get(&fusion).unwrap().knobs, [(0, 0), (1, -7)]);
    read.put(&fusion, choices.get(&fusion).unwrap().clone());
    assert_eq!(read.news(), None);
    read.remove(&fusion);
    assert_eq!(read.get(&fusion), None);
    assert!(read.news().is_some());
}

#[test]
fn that_of_another_card_driver_or_cudnn_is_not_taken() {
    let text = filled().news().unwrap();
    for (card, driver, cudnn) in [
        ("NVIDIA H200", "13000", "91900"),
        ("NVIDIA H100 80GB HBM3", "13010", "91900"),
        ("NVIDIA H100 80GB HBM3", "13000", "91901"),
        ("", "", ""),
    ] {
        let mut other = Choices::of(card, driver, cudnn);
        assert_ne!(other.name(), here().name());
        assert!(!other.recall(&text));
        assert_eq!(other.get(&fusion(PRECISIONS[0])), None);
    }
}

#[test]
fn its_name_is_a_good_one_for_a_file() {
    let choices = Choices::of("../a\\b:c\n\0ü", "1", "2");
    let name = choices.name();
    assert!(
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    );
    assert!(
        name.starts_with("cudnn_") && name.ends_with("_1_2.txt"),
        "{name}"
    );
}

#[test]
fn what_is_cut_off_anywhere_is_not_taken_and_is_replaced() {
    let text = filled().news().unwrap();
    for length in 0..text.len() {
        let mut read = here();
        assert!(!read.recall(&text[..length]), "{length}");
        assert_eq!(read.get(&fusion(PRECISIONS[0])), None);
        let choice = Choice {
            engine: 1,
            knobs: Vec::new(),
        };
        read.put(&fusion(PRECISIONS[0]), choice);
        assert!(read.news().is_some());
    }
}

#[test]
fn different_convolutions_have_different_words() {
    let words = PRECISIONS.map(|precision| fusion(precision).word());
    assert!(words[0] != words[1] && words[1] != words[2] && words[0] != words[2]);
    assert!(words.iter().all(|word| !word.contains([' ', '\n'])));
}

proptest! {
    #[test]
    fn damage_is_never_taken_for_something_else_than_numbers(
        at in 0_usize..600, byte in any::<u8>(), twice in 0_usize..600,
    ) {
        let text = filled().news().unwrap();
        let mut bytes = text.clone().into_bytes();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.insert(twice % length, byte);
        let mut read = here();
        // Whatever it says, it can be written and read again.
        if read.recall(&String::from_utf8_lossy(&bytes)) {
            read.put(&fusion(PRECISIONS[0]), Choice { engine: -9, knobs: Vec::new() });
            let text = read.news().unwrap();
            let mut again = here();
            prop_assert!(again.recall(&text));
            prop_assert_eq!(again, read);
        }
    }
}
