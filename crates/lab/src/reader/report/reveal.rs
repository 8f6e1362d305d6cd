//! The reveal: lesion by lesion, both pictures, the truth, what was changed, what the network and the readers said.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figures::escape::escaped;
use crate::figures::html::files;
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::results::{Evidence, Revealed};
use crate::reader::store::{Phase, Store};
use flipscope_image::lesion::Frame;

/// Every lesion that was planned for reading, by its number, with links to step from one to the next.
pub(super) fn cases(store: &Store) -> Result<String, ReaderError> {
    let (readers, answers) = (store.readers()?, store.answers(Phase::Reading)?);
    let evidence = Evidence::new(store.plan(), &readers, &answers);
    let lesions = store.plan().read_lesions();
    let network = &store.plan().network;
    let mut text = format!(
        "<h2 id=\"reveal\">The cases, revealed</h2>\n<p class=\"note\">The network is {}: {}.</p>\n",
        escaped(&network.name),
        escaped(&network.terms())
    );
    for (at, lesion) in lesions.iter().enumerate() {
        let Some(revealed) = evidence.reveal(*lesion) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| lesions.get(before));
        text += &section(store, &revealed, before, lesions.get(at + 1))?;
    }
    Ok(text + &files(&["cases.csv"]))
}

/// One lesion; numbers count from 1.
fn section(
    store: &Store,
    revealed: &Revealed,
    before: Option<&u32>,
    after: Option<&u32>,
) -> Result<String, ReaderError> {
    let number = revealed.lesion + 1;
    let truth = revealed.truth.name();
    let mut text = format!("<section id=\"lesion-{number}\">\n<h3>Lesion {number}: {truth}</h3>\n");
    for form in Form::ALL {
        let Some(picture) = revealed.pictures.get(form) else {
            continue;
        };
        // The original of a lesion that is only shown altered is revealed all the same.
        let (png, _) = store.picture(revealed.lesion, form)?;
        let mut caption = picture.caption(form);
        if let Some(change) = &picture.change {
            write!(caption, "; changed by {change}").ok();
            let lesion = store.plan().lesions.get(revealed.lesion as usize);
            if let Some(altered) = lesion.and_then(|lesion| lesion.altered.as_ref()) {
                let (search, seed) = (altered.search(), altered.search_seed);
                write!(caption, ". Search: {search}; seed {seed}").ok();
            }
        }
        let side = Frame::SIDE;
        writeln!(
            text,
            "<figure>\n<img width=\"{side}\" height=\"{side}\" alt=\"lesion {number}, {}\" src=\"data:image/png;base64,{}\">\n\
             <figcaption class=\"note\">{}</figcaption></figure>",
            form.name(),
            STANDARD.encode(png),
            escaped(&caption)
        )
        .ok();
    }
    for form in Form::ALL {
        if let Some(picture) = revealed.pictures.get(form)
            && picture.case.is_some()
        {
            let answers = escaped(&picture.answers.sentence());
            writeln!(text, "<p>On the {} form: {answers}</p>", form.name()).ok();
        }
    }
    let link = |to: Option<&u32>, word: &str| {
        to.map(|to| format!("<a href=\"#lesion-{}\">{word}</a> ", to + 1))
            .unwrap_or_default()
    };
    writeln!(
        text,
        "<p class=\"note\">{}{}</p>\n</section>",
        link(before, "previous"),
        link(after, "next")
    )
    .ok();
    Ok(text)
}
