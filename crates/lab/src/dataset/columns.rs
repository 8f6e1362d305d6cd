//! The columns of a table of labels, by name.

/// Finds columns by name, ignoring case.
pub(super) struct Columns<'a>(pub(super) &'a [String]);

impl Columns<'_> {
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    }

    /// Every column with one of these names.
    pub(super) fn all(&self, names: &[&str]) -> Vec<(String, usize)> {
        let is = |column: &str| names.iter().any(|name| column.eq_ignore_ascii_case(name));
        let columns = self.0.iter().enumerate();
        (columns.filter(|(_, column)| is(column)))
            .map(|(at, column)| (column.clone(), at))
            .collect()
    }

    /// The columns with the same name as one of these, each paired with it.
    pub(super) fn twins(&self, read: &[usize]) -> Vec<(String, usize, usize)> {
        let mut twins = Vec::new();
        for &at in read {
            let Some(name) = self.0.get(at).filter(|name| !name.is_empty()) else {
                continue;
            };
            let others = self
                .all(&[name])
                .into_iter()
                .filter(|(_, other)| *other != at);
            twins.extend(others.map(|(name, other)| (name, at, other)));
        }
        twins
    }
}

/// The columns of a table that identify lesions or patients, with labels or without.
#[derive(Clone, Copy)]
pub(super) struct Groups {
    pub(super) id: usize,
    pub(super) lesion: Option<usize>,
    pub(super) patient: Option<usize>,
}

impl Groups {
    /// The columns, if the table has them.
    pub(super) fn of_header(header: &[String]) -> Option<Self> {
        let columns = Columns(header);
        let id = [
            "isic_id",
            "image_id",
            "image_name",
            "image",
            "bcn_filename",
            "img_id",
            "file",
            "filename",
            "file_name",
        ];
        let groups = Self {
            id: id.iter().find_map(|name| columns.find(name))?,
            lesion: columns.find("lesion_id"),
            patient: columns.find("patient_id"),
        };
        (groups.lesion.is_some() || groups.patient.is_some()).then_some(groups)
    }
}
