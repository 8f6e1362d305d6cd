//! How a data set is divided into training, validation and test, and the file that later runs refer to.
//!
//! Only melanomas and nevi are divided. Pictures of one lesion or of one patient are never in two parts, nor are two pictures
//! with the same pixels. A split is drawn ([`Split::draw`]), taken from the table ([`Split::of_table`]) or drawn anew with the
//! sizes of another ([`Split::redraw`]), written
//! ([`Split::write`]), and read again ([`Split::read`]); [`Split::examples`] finds its members in the data set, and
//! [`Split::verify`] makes sure that their files are the same.
//!
//! ```no_run
//! use flipscope_base::cancel::Cancel;
//! use flipscope_lab::dataset::{Dataset, Part};
//! use flipscope_lab::dataset::split::{Duplicates, Fractions, Split};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dataset = Dataset::read("isic2017/labels.csv".as_ref(), None)?;
//! let fingerprints = dataset.fingerprint(&|_, _| (), &Cancel::default())?;
//! let split = Split::draw(&dataset, &fingerprints, Fractions::default(), 1, Duplicates::LeaveOut)?;
//! split.write("split.json".as_ref())?;
//! for (example, label) in split.examples(&dataset, Part::Train)? {
//!     println!("{} {}", example.path.display(), label.name());
//! }
//! # Ok(())
//! # }
//! ```

mod draw;
mod duplicates;
mod error;
mod file;
mod groups;
mod member;
mod reason;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use draw::Fractions;
pub use duplicates::Duplicates;
pub use error::SplitError;
pub use member::{LeftOut, Member, Origin};
pub use reason::Reason;
pub use schema::SCHEMA;

use crate::dataset::{Dataset, Example, Fingerprints, Part};
use flipscope_image::lesion;
use flipscope_model::Label;

/// A data set divided into parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// [`SCHEMA`].
    schema: u32,
    /// The flipscope that made it, e.g. "0.1.0".
    software: String,
    /// The data set's name.
    dataset: String,
    /// How it was made.
    origin: Origin,
    /// [`Split::data_hash`], so that a file changed by hand is noticed.
    data_hash: String,
    /// The members of each part, in the order of their ids.
    parts: BTreeMap<Part, Vec<Member>>,
    /// Labelled examples that are in no part, and why.
    left_out: Vec<LeftOut>,
}

impl Split {
    /// Divides a data set at random: stratified, so that each part gets its share of the melanomas and of the nevi as closely
    /// as possible while lesions and patients stay together. The same examples, shares and seed give the same split, in
    /// whatever order they were read.
    ///
    /// # Errors
    /// If the shares are invalid, pictures repeat and [`Duplicates::Refuse`] is set, or fewer lesions or patients have a melanoma,
    /// or a nevus, than there are parts, so that one would get none.
    pub fn draw(
        dataset: &Dataset,
        fingerprints: &Fingerprints,
        shares: Fractions,
        seed: u64,
        duplicates: Duplicates,
    ) -> Result<Self, SplitError> {
        shares.validate()?;
        let (members, left_out) = duplicates::members(dataset, fingerprints, duplicates)?;
        duplicates::refuse(fingerprints, &members, &|_, _| true)?;
        let groups = groups::of(&members);
        let parts = draw::assign(&members, &groups, shares, seed);
        let placed = members
            .iter()
            .zip(parts)
            .map(|(member, part)| (*member, part))
            .collect();
        Self::of_parts(
            dataset,
            fingerprints,
            Origin::Draw { seed, shares },
            Part::ALL.into_iter().filter(|part| shares.of(*part) > 0.0),
            placed,
            left_out,
        )
    }

    /// Uses the parts that the table itself assigns its rows to ([`Example::part`]); rows without a part are left out.
    ///
    /// # Errors
    /// If it has no split, if a lesion, a patient or (with [`Duplicates::Refuse`]) a picture is in two parts, or if a part has
    /// no melanoma or no nevus.
    pub fn of_table(
        dataset: &Dataset,
        fingerprints: &Fingerprints,
        duplicates: Duplicates,
    ) -> Result<Self, SplitError> {
        let (members, mut left_out) = duplicates::members(dataset, fingerprints, duplicates)?;
        let mut placed = Vec::new();
        for member in members {
            if let Some(part) = member.0.part {
                placed.push((member, part));
            } else {
                left_out.push(LeftOut::unneeded(&member.0.id, Reason::InNoPart));
            }
        }
        if placed.is_empty() {
            return Err(SplitError::NoParts {
                dataset: dataset.name.clone(),
            });
        }
        let (members, parts): (Vec<_>, Vec<_>) = placed.iter().copied().unzip();
        let part_of: BTreeMap<&str, Part> = placed
            .iter()
            .map(|((example, _), part)| (example.id.as_str(), *part))
            .collect();
        duplicates::refuse(fingerprints, &members, &|a, b| {
            part_of.get(a) != part_of.get(b)
        })?;
        groups::refuse_crossing(&members, &parts)?;
        left_out.sort_by(|a, b| a.id.cmp(&b.id));
        let given = parts.into_iter().collect::<BTreeSet<_>>();
        Self::of_parts(
            dataset,
            fingerprints,
            Origin::Table,
            given,
            placed,
            left_out,
        )
    }

    /// Divides the members of this split anew at random: as [`Split::draw`], with as many melanomas and nevi in each part as
    /// this one has, unless lesions or patients with several pictures do not fit in. The same split and seed give the same.
    ///
    /// # Errors
    /// If the data set lacks members of this split or labels them differently, or a part would get no melanoma or no nevus: that
    /// can only be where the data set now says of pictures of several parts that they belong together.
    pub fn redraw(
        &self,
        dataset: &Dataset,
        fingerprints: &Fingerprints,
        seed: u64,
    ) -> Result<Self, SplitError> {
        let mut members = Vec::new();
        let mut targets = Vec::new();
        for part in Part::ALL {
            members.extend(self.examples(dataset, part)?);
            if self.parts.contains_key(&part) {
                let counts = [Label::Melanoma, Label::Nevus].map(|label| self.count(part, label));
                targets.push((part, counts.map(|count| count as f64)));
            }
        }
        members.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
        let parts = draw::place(&members, &groups::of(&members), &targets, seed);
        let placed = members.into_iter().zip(parts).collect();
        let left_out = self.left_out.clone();
        Self::of_parts(
            dataset,
            fingerprints,
            Origin::Redraw { seed },
            targets.into_iter().map(|(part, _)| part),
            placed,
            left_out,
        )
    }

    /// The split of these parts, each of which must have got melanomas and nevi.
    fn of_parts(
        dataset: &Dataset,
        fingerprints: &Fingerprints,
        origin: Origin,
        wanted: impl IntoIterator<Item = Part>,
        placed: Vec<((&Example, Label), Part)>,
        left_out: Vec<LeftOut>,
    ) -> Result<Self, SplitError> {
        let mut parts: BTreeMap<Part, Vec<Member>> = BTreeMap::new();
        for ((example, label), part) in placed {
            let sha256 = fingerprints
                .get(&example.id)
                .map(|fingerprint| fingerprint.file.clone())
                .unwrap_or_default();
            parts.entry(part).or_default().push(Member {
                id: example.id.clone(),
                label,
                sha256,
            });
        }
        let mut split = Self {
            schema: SCHEMA,
            software: env!("CARGO_PKG_VERSION").to_owned(),
            dataset: dataset.name.clone(),
            origin,
            data_hash: String::new(),
            parts,
            left_out,
        };
        split.refuse_one_sided(wanted)?;
        split.data_hash = split.data_hash();
        Ok(split)
    }

    /// Refuses a part without melanomas or without nevi: it is useless for training and for measuring.
    fn refuse_one_sided(&self, wanted: impl IntoIterator<Item = Part>) -> Result<(), SplitError> {
        for part in wanted {
            for label in [Label::Melanoma, Label::Nevus] {
                if self.count(part, label) == 0 {
                    return Err(if self.origin == Origin::Table {
                        SplitError::OneSidedTable { part, label }
                    } else {
                        SplitError::OneSided { part, label }
                    });
                }
            }
        }
        Ok(())
    }

    /// The data set's name.
    #[must_use]
    pub fn dataset(&self) -> &str {
        &self.dataset
    }

    /// How it was made.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The members of a part, in the order of their ids; none if the split has no such part.
    #[must_use]
    pub fn members(&self, part: Part) -> &[Member] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    /// How many members of a part have a label.
    #[must_use]
    pub fn count(&self, part: Part, label: Label) -> usize {
        let has = |member: &&Member| member.label == label;
        self.members(part).iter().filter(has).count()
    }

    /// Labelled examples that are in no part, and why, in the order of their ids.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// SHA-256, in hexadecimal, over a line `PART\tID\tLABEL\tSHA-256\n` for each member, parts in the order of [`Part::ALL`]
    /// and ids sorted: the same if the same pictures with the same labels are divided the same way.
    #[must_use]
    pub fn data_hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in Part::ALL {
            for Member { id, label, sha256 } in self.members(part) {
                let (part, label) = (part.name(), label.name());
                hash.update(format!("{part}\t{id}\t{label}\t{sha256}\n"));
            }
        }
        lesion::hex(hash.finalize())
    }
}

/// Every labelled example that can be read, without the later ones of those with the same pixels, and what is left out: for
/// judging a set as a whole.
///
/// # Errors
/// None with [`Duplicates::LeaveOut`], which is the case here.
pub(crate) fn undivided<'a>(
    dataset: &'a Dataset,
    fingerprints: &Fingerprints,
) -> Result<(Vec<groups::Labelled<'a>>, Vec<LeftOut>), SplitError> {
    duplicates::members(dataset, fingerprints, Duplicates::LeaveOut)
}

/// The groups of pictures that show one lesion or one patient, as indices into `members`.
pub(crate) fn groups_of(members: &[(&Example, Label)]) -> Vec<Vec<usize>> {
    groups::of(members)
}
