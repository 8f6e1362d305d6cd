//! What the words mean that the output of a command has, at the end of its long help. Lines are broken here, for a terminal of 80 columns:
//! what clap breaks does not stay in its column.

/// For `attack`.
pub(super) const SEARCH: &str = "Words:
  frame                the 299 × 299 pixels that the network sees of a
                       photograph
  forward-equivalents  what a search cost: 1 for each frame judged, 3 for each
                       frame whose gradient was computed as well, which takes
                       about three times as long
  ΔE2000               difference of two colours as people see it (CIEDE2000),
                       here its mean over the frame; about 1 is just noticeable
                       side by side
  pixels moved         of a pose: the furthest that any point within the frame's
                       inscribed circle moves, in pixels of the frame
  pixels set           how many pixels have another colour
  of 255               of noise: the largest change of any channel of any pixel
  candidate, margin    what a search tries; where --proposal-precision judges
                       candidates, those within the margin of deciding something
                       are judged again in --precision: twice the largest
                       difference between the two types, in log-odds of
                       melanoma, ln(P / (1 − P)) (proposal_margin), on the
                       frames judged in both (proposal_margin_frames)
  attacked             photographs whose verdict is the one that the search
                       starts from; the others have nothing to flip";

/// For the results of studies.
pub(super) const STUDY: &str = "Words:
  sensitivity          share of the melanomas that are called melanoma;
                       specificity: of the nevi that are called nevus
  balanced accuracy    the mean of sensitivity and specificity
  balanced error       1 minus balanced accuracy
  mBCE                 mean balanced corruption error: the balanced error,
                       averaged over the severities of a corruption, then over
                       the corruptions. Relative mBCE: minus the balanced error
                       of the unaltered photographs
  mFR                  mean flip rate: of a series of levels (offset −30 to 30),
                       the share of steps from one to the next at which the
                       verdict changes, averaged over photographs and families
  attacked             the photographs of a class that the model calls right:
                       the denominator of an attack's rate
  pictures, lesions    in each row those that it asks about; several pictures
                       may show one lesion
  ΔE2000               difference of two colours as people see it (CIEDE2000),
                       its mean over the frame; about 1 is just noticeable
  pixels moved         of a pose: the furthest that any point within the frame's
                       inscribed circle moves, in pixels of the frame
  budget, evaluations  frames that the network may judge, and has judged, for
                       one search";

/// For `explain summary`.
pub(super) const SUMMARY: &str = "Words:
  family               changes of one kind: turns, shifts, brightness, one
                       colour, lamps, noise, colour balance
  size, unit           how large a change is: ° of a turn, % of a gain, kelvin
                       of a lamp, \"of 255\" for noise (the largest change of any
                       channel of any pixel), \"% of the frame\" for a shift (of
                       the frame's 299 pixels)
  ΔE2000               how different the altered frame looks: the difference of
                       two colours as people see it (CIEDE2000), its mean over
                       the frame; about 1 is just noticeable. Families are in
                       the order of it
  judged               frames that the network judged for the family
  up_to, exhaustive    the largest change that was looked at; whether every step
                       of a grid up to it was, or a search looked";

/// For the maps of `explain`.
pub(super) const MAP: &str = "Words of --json and of the printed line:
  of_the_frame         the class's score of the frame itself, with nothing
                       covered: what the map's values are compared with
  p_melanoma           P(melanoma) of the frame
  extent               the smallest and the largest value; a map that is flat,
                       or has no finite number, is not painted
  apart                of integrated gradients: how far their sum is from the
                       difference of the scores, in per cent of it. It should be
                       near 0, and within 1 without --steps
  normalised, 0        pixels minus the checkpoint's mean, over its standard
                       deviation: 0 is the mean colour";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_of_80_columns_breaks_no_line_again() {
        for glossary in [SEARCH, STUDY, SUMMARY, MAP] {
            for line in glossary.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
}
