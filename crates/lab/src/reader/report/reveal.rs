//! The reveal: lesion by lesion, both pictures, the truth, what was changed, what the network and the readers said.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figures::escape::escaped;
use crate::figures::html::{self, files};
use crate::reader::error::ReaderError;
use crate::reader::plan::Form;
use crate::reader::results::{Evidence, Revealed};
use crate::reader::store::{Phase, Store};
use crate::study::plan::details_in_words;
use flipscope_image::lesion::Frame;
use flipscope_language::{as_text, decimal, text};
use flipscope_model::model_in_words;

/// Every lesion that was planned for reading, by its number, with links to step from one to the next.
pub(super) fn cases(store: &Store) -> Result<String, ReaderError> {
    let (readers, answers) = (store.readers()?, store.answers(Phase::Reading)?);
    let evidence = Evidence::new(store.plan(), &readers, &answers);
    let lesions = store.plan().read_lesions();
    let network = &store.plan().network;
    let heading = escaped(text!("html-reveal-part"));
    let mut text = format!("<h2 id=\"reveal\">{heading}</h2>\n")
        + &html::note(&text!(
            "html-network-is",
            network = model_in_words(&network.name),
            framing = html::framing_name(&network.framing.to_string()),
            threshold = decimal(network.threshold),
            remedy = html::remedy_name(&network.remedy.to_string())
        ));
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
    let heading = text!(
        "html-lesion",
        number = as_text(&number),
        truth = revealed.truth.in_words()
    );
    let heading = escaped(&heading);
    let mut text = format!("<section id=\"lesion-{number}\">\n<h3>{heading}</h3>\n");
    for form in Form::ALL {
        let Some(picture) = revealed.pictures.get(form) else {
            continue;
        };
        // The original of a lesion that is only shown altered is revealed all the same.
        let (png, _) = store.picture(revealed.lesion, form)?;
        let mut caption = picture.caption(form, store.plan().settings.classroom);
        let lesion = store.plan().lesions.get(revealed.lesion as usize);
        let altered = lesion.and_then(|lesion| lesion.altered.as_ref());
        if let Some((change, altered)) = picture.change.as_ref().zip(altered) {
            caption = text!(
                "html-changed-by",
                caption = caption,
                change = &**change,
                search = details_in_words(&altered.search()),
                seed = as_text(&altered.search_seed)
            );
        }
        let side = Frame::SIDE;
        writeln!(
            text,
            "<figure>\n<img width=\"{side}\" height=\"{side}\" alt=\"{}\" src=\"data:image/png;base64,{}\">\n\
             <figcaption class=\"note\">{}</figcaption></figure>",
            escaped(&text!(
                "html-picture-of-lesion",
                number = as_text(&number),
                form = form.in_words()
            )),
            STANDARD.encode(png),
            escaped(&caption)
        )
        .ok();
    }
    for form in Form::ALL {
        if let Some(picture) = revealed.pictures.get(form)
            && picture.case.is_some()
        {
            text += &html::paragraph(&text!(
                "html-on-form",
                form = form.in_words(),
                answers = picture.answers.sentence()
            ));
        }
    }
    let link = |to: Option<&u32>, word: &str| {
        to.map(|to| format!("<a href=\"#lesion-{}\">{word}</a> ", to + 1))
            .unwrap_or_default()
    };
    writeln!(
        text,
        "<p class=\"note\">{}{}</p>\n</section>",
        link(before, text!("html-previous")),
        link(after, text!("html-next"))
    )
    .ok();
    Ok(text)
}
