//! The formats of tables in words, for messages.

/// The columns that are recognised, for messages.
pub(super) const KNOWN: &str = "isic_id with diagnosis, benign_malignant or diagnosis_1 (ISIC archive); image_id, melanoma, \
    seborrheic_keratosis (ISIC-2017); image, MEL, NV (ISIC-2018, ISIC-2019); image_name with diagnosis or target (ISIC-2020); \
    image_id, dx (HAM10000); bcn_filename, diagnosis (BCN20000); derm, diagnosis, case_num (Derm7pt); img_id, diagnostic \
    (PAD-UFES-20); image_id, image, file, filename or file_name with diagnosis or label (plain labels); no header but a name and \
    benign or malignant (ISIC-2016)";
