//! Networks that flipscope does not support, recognised by the names of their tensors, so that a refusal can name them.

use std::collections::{BTreeMap, BTreeSet};

use flipscope_language::text;

use crate::checkpoint::formats::stored::Stored;

/// Each with a part of a name that only it has.
const PARTS: [(&str, &str); 21] = [
    ("denseblock1.", "DenseNet"),
    ("relative_position_bias_table", "Swin Transformer"),
    ("cls_token", "a vision transformer (ViT)"),
    ("class_token", "a vision transformer (ViT)"),
    ("patch_embed.proj.weight", "a vision transformer (ViT)"),
    ("_conv_stem.weight", "EfficientNet"),
    ("_blocks.0._depthwise_conv", "EfficientNet"),
    ("blocks.0.0.conv_dw.weight", "EfficientNet or MobileNet"),
    ("features.1.0.block.0.0.weight", "EfficientNet"),
    ("features.1.block.0.0.weight", "MobileNet-v3"),
    ("features.1.conv.0.0.weight", "MobileNet-v2"),
    ("stages.0.blocks.0.conv_dw", "ConvNeXt"),
    ("layer_scale", "ConvNeXt"),
    ("stages.0.0.dwconv", "ConvNeXt"),
    ("inception3a.", "GoogLeNet (Inception-v1)"),
    ("inception_3a.", "GoogLeNet (Inception-v1)"),
    ("features.3.branch0.conv", "Inception-v4"),
    ("mixed_5b.branch", "Inception-ResNet-v2"),
    ("features.3.squeeze.weight", "SqueezeNet"),
    ("stage2.0.branch2.", "ShuffleNet"),
    ("block1.rep.", "Xception"),
];

/// Which network the tensors belong to, if it is not supported; none if it is unknown, or supported.
pub(crate) fn network(tensors: &BTreeMap<String, Stored>) -> Option<String> {
    if let Some(name) = resnet(tensors) {
        return Some(name);
    }
    let has = |part: &str| tensors.keys().any(|name| name.contains(part));
    let known = PARTS.iter().find(|(part, _)| has(part));
    if let Some(&(_, name)) = known {
        return Some(in_words(name).to_owned());
    }
    let ends = |end: &str| tensors.keys().any(|name| name.ends_with(end));
    if ends("features.0.weight") && ends("classifier.6.weight") {
        return Some(
            if has("features.28.") || has("features.21.") || has("features.22.") {
                "VGG".to_owned()
            } else {
                in_words("VGG or AlexNet").to_owned()
            },
        );
    }
    None
}

/// A name of the list in this thread's language, where it is more than a name.
fn in_words(name: &'static str) -> &'static str {
    match name {
        "a vision transformer (ViT)" => text!("checkpoint-vision-transformer-vit"),
        "EfficientNet or MobileNet" => text!("checkpoint-efficientnet-mobilenet"),
        "VGG or AlexNet" => text!("checkpoint-vgg-alexnet"),
        name => name,
    }
}

/// Which network of torchvision's `ResNet` class it is, by its blocks and their widths; none for ResNet-50 and -152.
fn resnet(tensors: &BTreeMap<String, Stored>) -> Option<String> {
    const FIRST: &str = "layer1.0.conv1.weight";
    let first = tensors.keys().find(|name| name.ends_with(FIRST))?;
    let prefix = first.strip_suffix(FIRST)?;
    let at = |name: &str| tensors.get(&format!("{prefix}{name}"));
    let mut blocks: [BTreeSet<usize>; 4] = Default::default();
    let mut bottleneck = false;
    for name in tensors.keys() {
        let Some(rest) = name.strip_prefix(prefix) else {
            continue;
        };
        let mut parts = rest.split('.');
        let (Some(layer), Some(Ok(block))) = (
            parts.next().and_then(|layer| layer.strip_prefix("layer")),
            parts.next().map(str::parse),
        ) else {
            continue;
        };
        bottleneck |= parts.next() == Some("conv3");
        let number = layer.parse::<usize>().ok();
        if let Some(set) = number.and_then(|number| blocks.get_mut(number.checked_sub(1)?)) {
            set.insert(block);
        }
    }
    let depths = blocks.map(|set| set.len());
    if tensors.keys().any(|name| name.contains("layer1.0.se")) {
        return Some(text!("checkpoint-se-resnet").to_owned());
    }
    if tensors.contains_key(&format!("{prefix}conv1.0.weight")) {
        return Some(text!("checkpoint-resnet-with-deep-stem").to_owned());
    }
    // Channels out and channels in of the 3 × 3 convolution of the first block.
    let width = at("layer1.0.conv2.weight").map(|one| one.shape.clone());
    let width = width.as_deref().map(|shape| match shape {
        [out, within, ..] => (*out, *within),
        _ => (0, 0),
    });
    match (bottleneck, depths, width) {
        (false, [2, 2, 2, 2], _) => Some("ResNet-18".to_owned()),
        (false, [3, 4, 6, 3], _) => Some("ResNet-34".to_owned()),
        (false, ..) => Some(text!("checkpoint-resnet-basic-blocks").to_owned()),
        (true, _, Some((128, 128))) => Some("Wide ResNet".to_owned()),
        (true, _, Some((out, within))) if out > within && within > 0 => Some("ResNeXt".to_owned()),
        (true, [3, 4, 6, 3] | [3, 8, 36, 3], _) => None,
        (true, [3, 4, 23, 3], _) => Some("ResNet-101".to_owned()),
        // A supported network with a missing block is compared with it.
        (true, [one, two, three, four], _) if one <= 3 && two <= 8 && three <= 36 && four <= 3 => {
            None
        }
        (true, ..) => Some(text!("checkpoint-resnet-other-depths").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architectures::resnet as ours;
    use crate::checkpoint::formats::stored::Dtype;
    use crate::checkpoint::state_dict;

    fn stored(names: impl IntoIterator<Item = (String, Vec<usize>)>) -> BTreeMap<String, Stored> {
        let one = |(name, shape)| {
            let stored = Stored {
                dtype: Dtype::F32,
                shape,
                start: 0,
                strides: None,
                zeros: None,
            };
            (name, stored)
        };
        names.into_iter().map(one).collect()
    }

    fn basic(depths: [usize; 4]) -> BTreeMap<String, Stored> {
        let mut names = vec![("model.conv1.weight".to_owned(), vec![64, 3, 7, 7])];
        for (layer, depth) in (1..).zip(depths) {
            for block in 0..depth {
                for conv in ["conv1", "conv2"] {
                    names.push((
                        format!("model.layer{layer}.{block}.{conv}.weight"),
                        vec![64, 64, 3, 3],
                    ));
                }
            }
        }
        stored(names)
    }

    #[test]
    fn networks_of_others_are_named_and_ours_are_not() {
        assert_eq!(network(&basic([3, 4, 6, 3])).as_deref(), Some("ResNet-34"));
        assert_eq!(network(&basic([2, 2, 2, 2])).as_deref(), Some("ResNet-18"));
        for architecture in [ours::resnet50(), ours::resnet152()] {
            assert_eq!(
                network(&stored(state_dict::expected(&architecture, 2))),
                None
            );
        }
        let mut deeper = state_dict::expected(&ours::resnet50(), 2);
        for block in 6..23 {
            deeper.push((
                format!("layer3.{block}.conv3.weight"),
                vec![1024, 256, 1, 1],
            ));
        }
        assert_eq!(network(&stored(deeper)).as_deref(), Some("ResNet-101"));
        let dense = [(
            "features.denseblock1.denselayer1.norm1.weight".to_owned(),
            vec![64],
        )];
        assert_eq!(network(&stored(dense)).as_deref(), Some("DenseNet"));
        assert_eq!(network(&stored([("a.b".to_owned(), vec![1])])), None);
    }
}
