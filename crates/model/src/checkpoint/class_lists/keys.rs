//! The keys under which training scripts write class lists.

/// How a key gives classes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By customary names: if it cannot be read, the file is refused.
    Certain,
    /// By names that can also mean other things.
    Possible,
    /// What each class means, in no particular order: timm writes it next to a list of the names.
    Descriptions,
}

/// A key without case or punctuation: `Class-To-Idx` is `classtoidx`.
pub(super) fn plain(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

pub(super) fn form(key: &str) -> Option<Form> {
    Some(match plain(key).as_str() {
        "classtoidx" | "classtoindex" | "class2idx" | "class2index" | "classtoid" | "class2id"
        | "label2id" | "labeltoid" | "label2idx" | "labeltoidx" | "labeltoindex"
        | "label2index" | "nametoidx" | "name2idx" | "nametoindex" | "idxtoclass"
        | "indextoclass" | "idx2class" | "index2class" | "idtoclass" | "id2class" | "id2label"
        | "idtolabel" | "idx2label" | "idxtolabel" | "indextolabel" | "index2label"
        | "idxtoname" | "idx2name" | "indextoname" | "id2name" | "classes" | "classnames"
        | "classname" | "classlist" | "labels" | "labelnames" | "classlabels" | "classindices"
        | "classindex" | "labeldict" | "classdict" | "labelsdict" | "classesdict" | "int2label"
        | "inttolabel" | "int2class" | "inttoclass" | "label2int" | "labeltoint" | "class2int"
        | "classtoint" | "labellist" | "classorder" | "labelorder" | "labelstoidx"
        | "labels2idx" | "labelstoids" | "labels2ids" | "classestoidx" | "classes2idx"
        | "classestoids" | "classes2ids" | "idxtoclasses" | "idx2classes" | "idxtolabels"
        | "idx2labels" | "idtolabels" | "id2labels" | "idstolabels" | "idtoclasses"
        | "id2classes" => Form::Certain,
        "labeldescriptions" | "classdescriptions" => Form::Descriptions,
        "vocab" | "vocabulary" | "names" | "categories" | "targetnames" | "labelmap"
        | "classmap" | "classmapping" | "labelmapping" | "labelsmap" | "labelencoder" => {
            Form::Possible
        }
        _ => return None,
    })
}

/// Whether a sidecar's key is one that gives classes.
pub(crate) fn gives_classes(key: &str) -> bool {
    form(key).is_some()
}

/// Whether a key gives the classes with their order.
pub(in crate::checkpoint) fn gives_order(key: &str) -> bool {
    form(key) == Some(Form::Certain)
}
