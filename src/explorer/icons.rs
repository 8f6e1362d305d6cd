//! Icons as vectors, drawn into a square: they follow the text colour and any zoom, and need no font.

use std::f32::consts::TAU;

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, pos2, vec2};

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A filled triangle: melanoma (told by shape, not only by colour).
    Melanoma,
    /// An empty circle: nevus.
    Nevus,
    /// A folder.
    Folder,
    /// A picture.
    Picture,
    /// A counter-clockwise arrow: reset.
    Reset,
    /// A curved arrow to the left.
    Undo,
    /// A curved arrow to the right.
    Redo,
    /// A cross.
    Close,
    /// Two sheets, one behind the other: copy.
    Copy,
    /// An arrow to the right.
    Arrow,
    /// A bracket to the left: the one before.
    Previous,
    /// A bracket to the right: the next one.
    Next,
    /// An exclamation mark inside a triangle.
    Warning,
    /// A tick.
    Check,
    /// Three dots: more.
    More,
    /// A funnel: which are shown.
    Filter,
}

/// Two sheets of paper, the one in front whole.
const SHEETS: [&[(f32, f32)]; 2] = [
    &[
        (-0.14, -0.14),
        (0.38, -0.14),
        (0.38, 0.4),
        (-0.14, 0.4),
        (-0.14, -0.14),
    ],
    &[
        (-0.14, 0.16),
        (-0.38, 0.16),
        (-0.38, -0.38),
        (0.14, -0.38),
        (0.14, -0.14),
    ],
];

impl Icon {
    /// Draws the icon into a square.
    pub(crate) fn paint(self, painter: &Painter, square: Rect, color: Color32) {
        let side = square.width().min(square.height());
        let at = |x: f32, y: f32| square.center() + vec2(x, y) * side;
        let stroke = Stroke::new((side * 0.09).max(1.2), color);
        let line = |points: &[(f32, f32)]| {
            let points = points.iter().map(|&(x, y)| at(x, y)).collect();
            painter.add(Shape::line(points, stroke));
        };
        match self {
            Self::Melanoma => {
                painter.add(Shape::convex_polygon(
                    vec![at(0.0, -0.4), at(0.44, 0.36), at(-0.44, 0.36)],
                    color,
                    Stroke::NONE,
                ));
            }
            Self::Nevus => {
                painter.circle_stroke(
                    square.center(),
                    side * 0.33,
                    Stroke::new(side * 0.13, color),
                );
            }
            Self::Folder => line(&[
                (-0.4, 0.3),
                (-0.4, -0.28),
                (-0.1, -0.28),
                (0.0, -0.16),
                (0.4, -0.16),
                (0.4, 0.3),
                (-0.4, 0.3),
            ]),
            Self::Picture => {
                line(&[
                    (-0.4, -0.32),
                    (0.4, -0.32),
                    (0.4, 0.32),
                    (-0.4, 0.32),
                    (-0.4, -0.32),
                ]);
                line(&[
                    (-0.38, 0.26),
                    (-0.12, -0.04),
                    (0.06, 0.14),
                    (0.2, 0.0),
                    (0.38, 0.2),
                ]);
            }
            Self::Reset => {
                painter.add(arc(square.center(), side * 0.34, 0.66, -0.16, stroke));
                line(&[(-0.44, -0.4), (-0.36, -0.08), (-0.04, -0.16)]);
            }
            Self::Undo | Self::Redo => {
                let m = if self == Self::Undo { 1.0 } else { -1.0 };
                line(&[(-0.12 * m, -0.38), (-0.36 * m, -0.14), (-0.12 * m, 0.1)]);
                line(&[
                    (-0.34 * m, -0.14),
                    (0.14 * m, -0.14),
                    (0.32 * m, -0.04),
                    (0.36 * m, 0.12),
                    (0.28 * m, 0.28),
                    (0.1 * m, 0.36),
                    (-0.1 * m, 0.36),
                ]);
            }
            Self::Close => {
                line(&[(-0.26, -0.26), (0.26, 0.26)]);
                line(&[(0.26, -0.26), (-0.26, 0.26)]);
            }
            Self::Copy => SHEETS.iter().for_each(|sheet| line(sheet)),
            Self::Arrow => {
                line(&[(-0.36, 0.0), (0.34, 0.0)]);
                line(&[(0.1, -0.24), (0.36, 0.0), (0.1, 0.24)]);
            }
            Self::Previous => line(&[(0.16, -0.32), (-0.16, 0.0), (0.16, 0.32)]),
            Self::Next => line(&[(-0.16, -0.32), (0.16, 0.0), (-0.16, 0.32)]),
            Self::Warning => {
                line(&[(0.0, -0.38), (0.0, 0.12)]);
                painter.circle_filled(at(0.0, 0.34), side * 0.07, color);
            }
            Self::Check => line(&[(-0.34, 0.02), (-0.1, 0.28), (0.36, -0.28)]),
            Self::More => {
                for x in [-0.36, 0.0, 0.36] {
                    painter.circle_filled(at(x, 0.0), side * 0.1, color);
                }
            }
            Self::Filter => line(&[
                (-0.42, -0.34),
                (0.42, -0.34),
                (0.1, 0.04),
                (0.1, 0.36),
                (-0.1, 0.26),
                (-0.1, 0.04),
                (-0.42, -0.34),
            ]),
        }
    }

    /// Takes the space of an icon of `size` points in a row and draws it.
    pub(crate) fn show(self, ui: &mut Ui, size: f32, color: Color32) -> Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
        self.paint(ui.painter(), rect, color);
        response
    }
}

/// Part of a circle, from and to given in turns (0 is to the right, positive is clockwise).
fn arc(centre: Pos2, radius: f32, to: f32, from: f32, stroke: Stroke) -> Shape {
    const STEPS: u8 = 24;
    let points = (0..=STEPS)
        .map(|step| {
            let turn = from + (to - from) * f32::from(step) / f32::from(STEPS);
            let (sin, cos) = (turn * TAU).sin_cos();
            pos2(centre.x + radius * cos, centre.y + radius * sin)
        })
        .collect();
    Shape::line(points, stroke)
}

/// A button that shows an icon only; `label` is its accessible name and, with `hint`, its tooltip.
pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, label: &str, hint: &str) -> Response {
    let size = Vec2::splat(ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact(&response);
        if response.hovered() || response.has_focus() {
            ui.painter().rect(
                rect,
                visuals.corner_radius,
                visuals.bg_fill,
                visuals.bg_stroke,
                egui::StrokeKind::Inside,
            );
        }
        icon.paint(ui.painter(), rect.shrink(6.0), visuals.fg_stroke.color);
    }
    let tip = if hint.is_empty() {
        label.to_owned()
    } else {
        format!("{label}\n{hint}")
    };
    response.on_hover_text(tip)
}
