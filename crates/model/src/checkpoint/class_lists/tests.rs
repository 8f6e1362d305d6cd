//! Every customary form, and what is refused.

use serde_json::json;

use super::*;

#[test]
fn every_customary_form_is_read() {
    for extra in [
        json!({"class_to_idx": {"melanoma": 1, "nevus": 0}}),
        json!({"classToIdx": {"melanoma": "1", "nevus": "0"}}),
        json!({"idx_to_class": {"1": "melanoma", "0": "nevus"}}),
        json!({"hyper_parameters": {"model_args": {"class_names": ["nevus", "melanoma"]}}}),
        json!({"config": {"id2label": {"0": "nevus", "1": "melanoma"}, "label2id": {"nevus": 0, "melanoma": 1}}}),
        json!({"meta": {"CLASSES": ["nevus", "melanoma"]}, "labels": [0, 1, 1, 0]}),
        json!({"classes": "nevus, melanoma", "num_classes": 2}),
        json!({"args": {"classes": 2, "names": {"0": "nevus", "1": "melanoma"}}}),
        json!({"vocab": ["nevus", "melanoma"]}),
        json!({"class_indices": {"nevus": 0, "melanoma": 1}}),
        json!({"label_dict": {"0": "nevus", "1": "melanoma"}}),
        json!({"class_dict": {"0": {"name": "nevus"}, "1": {"name": "melanoma"}}}),
        json!({"int2label": {"0": "nevus", "1": "melanoma"}}),
        json!({"label_list": ["nevus", "melanoma"], "label_descriptions": {"melanoma": "Melanoma"}}),
        json!({"class_order": ["nevus", "melanoma"]}),
        json!({"labels_to_idx": {"nevus": 0, "melanoma": 1}}),
        json!({"classes_to_idx": {"nevus": false, "melanoma": true}}),
        json!({"classes": [["nevus", 0], ["melanoma", 1]]}),
        json!({"classes": [[1, "melanoma"], [0, "nevus"]]}),
        json!({"categories": [{"id": 1, "name": "melanoma"}, {"id": 0, "name": "nevus"}]}),
        json!({"classes": {"nevus": {"id": 0}, "melanoma": {"id": 1}}}),
        json!({"hyper_parameters": {"classes": "nevus melanoma"}}),
        json!({"hyper_parameters": {"classes": "nevus;melanoma", "labels": "train.csv"}}),
    ] {
        let found = classes(&extra).unwrap();
        assert!(!found.is_empty(), "{extra}");
        for one in &found {
            assert_eq!(one.names, ["nevus", "melanoma"], "{extra}");
        }
    }
    let groups = json!({"class_to_idx": {"nv": 0, "bkl": 0, "mel": 1}});
    assert_eq!(classes(&groups).unwrap()[0].names, ["bkl/nv", "mel"]);
    assert_eq!(classes(&json!({"epoch": 3})).unwrap(), []);
}

#[test]
fn what_contradicts_itself_is_refused() {
    let gap = classes(&json!({"class_to_idx": {"nevus": 0, "melanoma": 2}})).unwrap_err();
    assert!(gap.contains("class_to_idx") && gap.contains("melanoma: 2"));
    let none = classes(&json!({"classes": "{"})).unwrap_err();
    assert!(none.contains("not a list of names"), "{none}");
    for unread in [
        json!({"args": {"classes": "malignant melanoma"}}),
        json!({"hyper_parameters": {"deep": {"class_names": "classes.txt"}}}),
        json!({"label_descriptions": {"nevus": "Melanocytic nevus", "melanoma": "Melanoma"}}),
        json!({"classes": ["nevus", 1]}),
        json!({"categories": [{"id": 1, "name": "nevus"}, {"id": 2, "name": "melanoma"}]}),
        json!({"class_dict": {"nevus": "a", "melanoma": "b"}}),
        json!({"classes": "['nevus', melanoma]"}),
    ] {
        assert!(classes(&unread).is_err(), "{unread}");
    }
    for nothing in [
        json!({"args": {"classes": 2, "labels": "train.csv", "names": null}}),
        json!({"labels": [0, 1], "label_map": {"fine": "a.txt"}, "vocab": ["<pad>", 3]}),
    ] {
        assert_eq!(classes(&nothing), Ok(Vec::new()), "{nothing}");
    }
    for set in [
        json!({"classes": {SET: ["nevus", "melanoma"]}}),
        json!({"args": {"class_names": "{'nevus', 'melanoma'}"}}),
        json!({"classes": "frozenset({'nevus', 'melanoma'})"}),
    ] {
        assert_eq!(classes(&set), Ok(Vec::new()), "{set}");
        assert!(
            as_set(&set).is_some_and(|key| key.contains("class")),
            "{set}"
        );
    }
    let names = |names: [&str; 2]| names.map(str::to_owned);
    assert!(agree(&names(["MEL", "nv"]), &names(["melanoma", "Nevus"])));
    assert!(!agree(&names(["mel", "nv"]), &names(["nevus", "melanoma"])));
}

#[test]
fn python_literals_are_read() {
    assert_eq!(
        parsed("{'nevus': 0, 'melanoma': 1}"),
        Some(json!({"nevus": 0, "melanoma": 1}))
    );
    assert_eq!(
        parsed("{0: 'nevus', 1: 'melanoma'}"),
        Some(json!({"0": "nevus", "1": "melanoma"}))
    );
    assert_eq!(
        parsed("('nevus', 'melanoma')"),
        Some(json!(["nevus", "melanoma"]))
    );
    assert_eq!(parsed("melanoma"), None);
}
