//! Findings from files join the tray, and their lesions the list.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use flipscope_base::untrusted::printable;
use flipscope_image::lesion::synthetic;
use flipscope_lab::search::SearchOutcome;
use flipscope_language::text;

use crate::explorer::apply::Effect;
use crate::explorer::explore::apply::list::{name_of, new_lesion, select};
use crate::explorer::explore::lesion::{Lesion, LesionId, Origin};
use crate::explorer::message::Severity;
use crate::explorer::page::Tool;
use crate::explorer::search::request::{OpenedFinding, OpenedFindings};
use crate::explorer::search::state::{Curve, FindingId, Saved, TrayFinding};
use crate::explorer::state::State;

/// Reasons that one message gives.
const REASONS: usize = 6;

/// Has findings read from their files.
pub(crate) fn open(state: &mut State, findings: Vec<PathBuf>) -> Vec<Effect> {
    state.listing += 1;
    let photographs = (state.lesions.iter())
        .filter_map(|lesion| match &lesion.origin {
            Origin::File(path) => Some(path.clone()),
            Origin::Sample(_) => None,
        })
        .collect();
    vec![Effect::OpenFindings {
        findings,
        photographs,
    }]
}

/// Takes in what was read, and explores the lesion of the first finding.
pub(crate) fn opened(state: &mut State, opened: OpenedFindings, now: Instant) -> Vec<Effect> {
    state.listing = state.listing.saturating_sub(1);
    let OpenedFindings { findings, problems } = opened;
    tell(state, &problems, now);
    let mut first = None;
    let (mut new, mut known, mut frames) = (0, 0, BTreeSet::new());
    for OpenedFinding {
        file,
        found,
        origin,
        frame_only,
    } in findings
    {
        (state.perturbation_files).note(&file, &found.finding.perturbation);
        let image = found.finding.subject.image.clone();
        // A frame that stands for a photograph is called like it: names of frames differ only in their middle.
        let called = frame_only.then(|| image.clone());
        let sha256 = found.finding.subject.image_sha256.as_deref();
        let lesion = lesion_of(state, origin, called, sha256);
        first.get_or_insert(lesion);
        if frame_only {
            frames.insert(printable(&image).into_owned());
        }
        let name = state.lesion(lesion).map(|lesion| lesion.name.clone());
        // Another run of the same search, or a copy under another name, is a finding of its own.
        let mut tray = state.searches.findings.iter_mut();
        if let Some(kept) = tray.find(|kept| kept.found.finding == found.finding) {
            known += 1;
            // It may have been opened before its photograph.
            if !frame_only {
                kept.lesion = lesion;
                kept.name = name.unwrap_or_default();
            }
        } else {
            put_into_tray(state, lesion, found);
            new += 1;
        }
    }
    let Some(first) = first else {
        return Vec::new();
    };
    let text = match (new, known) {
        (0, known) => text!("search-findings-known", count = known),
        (new, 0) => text!("search-findings-opened", count = new),
        (new, known) => text!("search-findings-opened-known", count = new, known = known),
    };
    state.say(Severity::Note, text, now);
    if !frames.is_empty() {
        let names: Vec<String> = frames.into_iter().collect();
        let text = text!(
            "search-frames-only",
            count = names.len(),
            names = names.join(", ")
        );
        state.say(Severity::Warning, text, now);
    }
    state.tool = Tool::Search;
    select(state, first, now)
}

fn tell(state: &mut State, problems: &[String], now: Instant) {
    if problems.is_empty() {
        return;
    }
    let mut lines: Vec<String> = problems.iter().take(REASONS).cloned().collect();
    if problems.len() > REASONS {
        lines.push(text!("search-and-more", count = problems.len() - REASONS));
    }
    state.say(Severity::Error, lines.join("\n"), now);
}

/// The lesion of a photograph; it is added to the list unless it is there.
fn lesion_of(
    state: &mut State,
    origin: Origin,
    called: Option<String>,
    sha256: Option<&str>,
) -> LesionId {
    let lesions = &state.lesions;
    // The file itself rather than another one with the same content.
    let itself = lesions.iter().find(|lesion| lesion.origin == origin);
    let same = |lesion: &&Lesion| sha256.is_some() && lesion.sha256.as_deref() == sha256;
    if let Some(lesion) = itself.or_else(|| lesions.iter().find(same)) {
        return lesion.id;
    }
    let name = match (&origin, called) {
        (Origin::File(_), Some(called)) => called,
        (Origin::File(path), None) => name_of(path),
        (Origin::Sample(index), _) => {
            let sample = synthetic::samples().get(*index);
            sample.map_or("", |sample| sample.name).to_owned()
        }
    };
    new_lesion(state, origin, name)
}

fn put_into_tray(state: &mut State, lesion: LesionId, found: Box<SearchOutcome>) {
    let name = state.lesion(lesion).map(|lesion| lesion.name.clone());
    let mut curve = Curve::default();
    curve.push(found.finding.evaluations, found.finding.p_after);
    let id = FindingId(state.fresh_id());
    state.searches.count += 1;
    state.searches.findings.push(TrayFinding {
        id,
        number: state.searches.count,
        lesion,
        name: name.unwrap_or_default(),
        altered: Arc::new(found.altered.frame.clone()),
        found: Arc::from(found),
        curve,
        saved: Saved::Done,
    });
}
