//! How a row of the list looks: thumbnail, name, truth, verdict, what flips it, in a form that its width has room for.

use egui::{
    Color32, FontSelection, Painter, Rect, Response, RichText, Stroke, StrokeKind, TextStyle,
    TextWrapMode, Ui, WidgetText, pos2, vec2,
};

use flipscope_base::human::{self, probability_beside};
use flipscope_language::text;
use flipscope_model::Label;

use crate::explorer::explore::lesion::{Lesion, LesionId, Picture};
use crate::explorer::explore::list::columns::Column;
use crate::explorer::explore::list::rows::{Outcome, Row};
use crate::explorer::explore::panel::list::columns::{Card, Form};
use crate::explorer::icons::Icon;
use crate::explorer::panels::Pane;
use crate::explorer::theme::{self, Palette};
use crate::explorer::widgets::{elided, look};

/// What is drawn of one row.
pub(super) struct Painted<'a> {
    pub lesion: &'a Lesion,
    pub data: &'a Row,
    /// The verdict, or why there is none yet.
    pub said: &'a str,
    pub outcome: Option<Outcome>,
    /// Whether the verdict is hidden until it is revealed.
    pub hidden: bool,
}

impl Painted<'_> {
    pub(super) fn paint(&self, pane: &mut Pane<'_>, ui: &Ui, form: &Form, response: &Response) {
        let palette = theme::palette(ui.ctx());
        let rect = response.rect;
        background(pane, ui, self.lesion.id, response, &palette);
        let thumbnail = form.thumbnail(rect);
        picture(pane, ui, self.lesion, thumbnail, &palette);
        let pen = Pen { ui, palette };
        match form {
            Form::Thumbnails => self.mark_wrong(&pen, thumbnail),
            Form::Grid(_) => {
                self.mark_wrong(&pen, thumbnail);
                self.verdict(pane, &pen, Form::below(rect), &self.p_or_why(pane));
            }
            Form::Cards => self.card(pane, &pen, &Card::of(rect)),
            Form::Table(cells) => {
                for cell in cells {
                    self.cell(pane, &pen, cell.column, cell.within(rect));
                }
            }
        }
    }

    /// On a thumbnail alone, a wrong verdict is a mark.
    fn mark_wrong(&self, pen: &Pen<'_>, thumbnail: Rect) {
        if self.outcome == Some(Outcome::Wrong) {
            let square =
                Rect::from_min_size(thumbnail.right_top() - vec2(15.0, -1.0), vec2(14.0, 14.0));
            let painter = pen.ui.painter();
            painter.rect_filled(square, 3.0, pen.palette.card);
            Icon::Close.paint(painter, square, pen.palette.warning);
        }
    }

    /// Name; the network's P and verdict; the label, if a table states one, with a mark that says whether the verdict agrees with it.
    fn card(&self, pane: &Pane<'_>, pen: &Pen<'_>, card: &Card) {
        self.name(pen, card.name);
        self.verdict(pane, pen, card.verdict, self.said);
        let Some(truth) = &self.data.truth else {
            return;
        };
        let words = text!("list-truth", truth = truth.shown());
        match self.outcome {
            Some(outcome) => {
                let (icon, colour) = pen.mark(outcome);
                pen.with_icon(card.label, icon, &words, colour);
            }
            None => pen.text(card.label, &words, pen.palette.muted, TextStyle::Small),
        }
    }

    /// P(melanoma), or why there is none yet.
    fn p_or_why(&self, pane: &Pane<'_>) -> String {
        let p = self.data.p_melanoma;
        let threshold = pane.state.threshold();
        p.map_or_else(
            || self.said.to_owned(),
            |p| probability_beside(p, threshold, 2),
        )
    }

    fn name(&self, pen: &Pen<'_>, place: Rect) {
        let name = self.lesion.shown();
        let font = TextStyle::Body.resolve(pen.ui.style());
        // The row says it whole on hover, and to assistive technology.
        let short = elided(pen.ui, &name, &font, place.width());
        let colour = pen.palette.text;
        pen.text(
            place,
            short.as_deref().unwrap_or(&name),
            colour,
            TextStyle::Body,
        );
    }

    fn verdict(&self, pane: &Pane<'_>, pen: &Pen<'_>, place: Rect, text: &str) {
        match &self.lesion.answers.primary.before {
            Some(judged) if !self.hidden => {
                let (colour, icon) = look(pane.state.label(&judged.verdict), &pen.palette);
                pen.with_icon(place, icon, text, colour);
            }
            _ => pen.text(place, text, pen.palette.muted, TextStyle::Small),
        }
    }

    /// Whether the verdict agrees with the label, if that is known.
    fn outcome_of(&self, pen: &Pen<'_>, place: Rect) {
        if let Some(outcome) = self.outcome {
            let (icon, colour) = pen.mark(outcome);
            pen.with_icon(place, icon, outcome.shown(), colour);
        }
    }

    fn cell(&self, pane: &Pane<'_>, pen: &Pen<'_>, column: Column, place: Rect) {
        let muted = pen.palette.muted;
        match column {
            Column::Name => self.name(pen, place),
            Column::Truth => {
                let Some(truth) = &self.data.truth else {
                    return;
                };
                match truth.label {
                    Some(label) => {
                        let (colour, icon) = look(label, &pen.palette);
                        pen.with_icon(place, icon, truth.shown(), colour);
                    }
                    None => pen.text(place, truth.shown(), muted, TextStyle::Small),
                }
            }
            Column::P => match self.data.p_melanoma {
                Some(p) => {
                    pen.text(
                        place,
                        &probability_beside(p, pane.state.threshold(), 2),
                        pen.palette.text,
                        TextStyle::Small,
                    );
                }
                None => pen.text(place, "…", muted, TextStyle::Small),
            },
            Column::Verdict => {
                let verdict = self.data.verdict(pane.state.threshold());
                let text = match verdict {
                    Some(label) => label.in_words(),
                    None => self.said,
                };
                self.verdict(pane, pen, place, text);
            }
            Column::Outcome => self.outcome_of(pen, place),
            Column::Altered => {
                if let Some(p) = self.data.p_altered {
                    let label = if p >= pane.state.threshold() {
                        Label::Melanoma
                    } else {
                        Label::Nevus
                    };
                    let (colour, icon) = look(label, &pen.palette);
                    pen.with_icon(
                        place,
                        icon,
                        &probability_beside(p, pane.state.threshold(), 2),
                        colour,
                    );
                }
            }
            Column::FlippedBy => {
                if let Some(by) = &self.data.flipped_by {
                    pen.text(place, &by.shown(), pen.palette.text, TextStyle::Small);
                }
            }
            Column::Smallest => {
                if let Some(change) = &self.data.smallest {
                    let text = human::size(change.delta_e);
                    pen.text(place, &text, pen.palette.text, TextStyle::Small);
                }
            }
        }
    }
}

/// Draws text into places of a row; what does not fit ends with dots.
struct Pen<'a> {
    ui: &'a Ui,
    palette: Palette,
}

impl Pen<'_> {
    /// The mark of a verdict that agrees with the label, or does not.
    fn mark(&self, outcome: Outcome) -> (Icon, Color32) {
        match outcome {
            Outcome::Wrong => (Icon::Close, self.palette.warning),
            Outcome::Right => (Icon::Check, self.palette.muted),
        }
    }

    fn text(&self, place: Rect, text: &str, colour: Color32, style: TextStyle) {
        if text.is_empty() {
            return;
        }
        let galley = WidgetText::from(RichText::new(text).color(colour)).into_galley(
            self.ui,
            Some(TextWrapMode::Truncate),
            place.width(),
            FontSelection::Style(style),
        );
        let top = place.center().y - galley.size().y / 2.0;
        self.painter(place)
            .galley(pos2(place.left(), top), galley, colour);
    }

    fn with_icon(&self, place: Rect, icon: Icon, text: &str, colour: Color32) {
        let centre = pos2(place.left() + 5.0, place.center().y);
        let square = Rect::from_center_size(centre, vec2(11.0, 11.0));
        icon.paint(&self.painter(place), square, colour);
        let text_place = Rect::from_min_max(pos2(place.left() + 15.0, place.top()), place.max);
        self.text(text_place, text, colour, TextStyle::Small);
    }

    fn painter(&self, place: Rect) -> Painter {
        self.ui
            .painter()
            .with_clip_rect(self.ui.clip_rect().intersect(place.expand2(vec2(0.0, 4.0))))
    }
}

fn background(pane: &Pane<'_>, ui: &Ui, id: LesionId, response: &Response, palette: &Palette) {
    let explored = pane.state.selected == Some(id);
    let fill = if explored || pane.state.is_marked(id) {
        palette.accent.gamma_multiply(0.10)
    } else if response.hovered() {
        ui.visuals().widgets.hovered.bg_fill
    } else {
        Color32::TRANSPARENT
    };
    let edge = if explored {
        palette.accent
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect(
        response.rect,
        f32::from(theme::RADIUS),
        fill,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
}

fn picture(pane: &mut Pane<'_>, ui: &Ui, lesion: &Lesion, place: Rect, palette: &Palette) {
    let painter = ui.painter();
    if let Some(texture) = pane.assets.thumbnail(ui.ctx(), lesion) {
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, place, uv, Color32::WHITE);
        return;
    }
    painter.rect_filled(place, 3.0, palette.line);
    let icon = if matches!(lesion.picture, Picture::Failed(_)) {
        Icon::Warning
    } else {
        Icon::Picture
    };
    let square = Rect::from_center_size(place.center(), place.size() * 0.37);
    icon.paint(painter, square, palette.muted);
}
