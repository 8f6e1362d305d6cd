//! What the form for the next reader study proposes until a person has chosen: the labels that the list has found with the open
//! photographs, the findings of the tray, and a number of cases that suits the lesions there are.

use std::collections::BTreeSet;

use flipscope_lab::reader::plan::Material;

use crate::explorer::explore::list::request::LabelledData;
use crate::explorer::readers::state::{Origins, ReaderForm, Source};
use crate::explorer::state::State;

/// Enters it into the form, where nothing else was entered.
pub(crate) fn enter(state: &State, form: &mut ReaderForm) {
    labels(state, form);
    tray(state, form);
    let Some(material) = material(state, form) else {
        return;
    };
    let mut suited = form.draft.settings.suited(material);
    let settings = &mut form.draft.settings;
    let before = form.proposed.length;
    let propose = |value: &mut u32, before: u32, suited: u32| {
        if *value == before {
            *value = suited;
        }
    };
    propose(&mut settings.cases, before.cases, suited.cases);
    propose(&mut settings.practice, before.practice, suited.practice);
    // For the cases that are asked for, not for those that were proposed: a person may have chosen fewer, which allow less.
    suited.gap = settings.suited_gap();
    propose(&mut settings.gap, before.gap, suited.gap);
    form.proposed.length = suited;
}

/// The labels of the photographs that were opened last.
fn labels(state: &State, form: &mut ReaderForm) {
    let found = state.list.data.last();
    let data = found.map(|LabelledData { from, .. }| from.clone());
    if data == form.proposed.data || form.draft.data != form.proposed.data {
        return;
    }
    form.draft.images = found.and_then(LabelledData::images_elsewhere);
    form.draft.data.clone_from(&data);
    form.proposed.data = data;
}

/// The findings of the window, where it has some and no files were chosen.
fn tray(state: &State, form: &mut ReaderForm) {
    if form.proposed.tray || in_tray(state).is_empty() {
        return;
    }
    form.proposed.tray = true;
    if form.draft.findings.is_empty() {
        form.source = Source::Tray;
    }
}

/// What has to be counted for a form; none if that is done or under way, or nothing is chosen.
pub(crate) fn to_count(state: &State, form: &ReaderForm) -> Option<Origins> {
    let origins = origins(state, form);
    let known = state.reader_studies.counted.as_ref();
    let is_known = known.is_some_and(|(of, _)| *of == origins);
    (!is_known && origins != Origins::default()).then_some(origins)
}

fn origins(state: &State, form: &ReaderForm) -> Origins {
    let (findings, tray) = match form.source {
        Source::Files => (form.draft.findings.clone(), BTreeSet::new()),
        Source::Tray if form.draft.data.is_some() => (Vec::new(), in_tray(state)),
        Source::Tray => (Vec::new(), BTreeSet::new()),
    };
    Origins {
        findings,
        tray,
        data: form.draft.data.clone(),
        images: form.draft.images.clone(),
    }
}

/// Lesions with a finding that flips in the chosen files; none while they are counted, or if none are chosen.
pub(crate) fn found(state: &State, form: &ReaderForm) -> Option<usize> {
    let chosen = form.source == Source::Files && !form.draft.findings.is_empty();
    counted(state, form)
        .filter(|_| chosen)
        .map(|one| one.findings)
}

/// Lesions with findings that flip that are left out, for nothing says what they are.
pub(crate) fn undiagnosed(state: &State, form: &ReaderForm) -> usize {
    let counted = counted(state, form).filter(|_| form.draft.data.is_some());
    counted.map_or(0, |counted| counted.undiagnosed(form.draft.truth.is_some()))
}

/// Lesions with findings of the tray that flip: those that the study can take, as far as that is counted, and all of them.
pub(crate) fn of_tray(state: &State, form: &ReaderForm) -> [usize; 2] {
    let all = in_tray(state).len();
    let left_out = match form.source {
        Source::Tray => undiagnosed(state, form),
        Source::Files => 0,
    };
    [all.saturating_sub(left_out), all]
}

/// The lesions that the study can be made of; none while they are counted.
pub(crate) fn material(state: &State, form: &ReaderForm) -> Option<Material> {
    let counted = counted(state, form)?;
    // Before labels are chosen, nothing is known of any of them.
    Some(if form.draft.data.is_some() {
        counted.diagnosed(form.draft.truth.is_some())
    } else {
        counted
    })
}

/// The lesions there are; none while they are counted.
fn counted(state: &State, form: &ReaderForm) -> Option<Material> {
    let origins = origins(state, form);
    let counted = if origins == Origins::default() {
        Material::default()
    } else {
        let (of, counted) = state.reader_studies.counted.as_ref()?;
        (*counted).filter(|_| *of == origins)?
    };
    Some(match form.source {
        Source::Tray if form.draft.data.is_none() => Material {
            findings: in_tray(state).len(),
            ..counted
        },
        Source::Files | Source::Tray => counted,
    })
}

/// The photographs with a finding in the tray that flips.
fn in_tray(state: &State) -> BTreeSet<[String; 2]> {
    let kept = state.searches.findings.iter();
    let flips = kept.filter(|kept| kept.found.finding.success);
    flips
        .map(|kept| {
            let finding = &kept.found.finding;
            [finding.lesion().to_owned(), finding.subject.image.clone()]
        })
        .collect()
}
