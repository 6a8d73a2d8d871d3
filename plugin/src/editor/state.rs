//! What the editor keeps with the project: window size, zoom, what was open. The plug-in's state carries it.

use serde::{Deserialize, Serialize};

use music::lane::LANES;
use music::song::FORM_BARS;

use super::theme;

/// Smallest and largest zoom, percent.
pub const ZOOM_PERCENT: core::ops::RangeInclusive<u16> = 75..=300;

/// Fewest bars that the lanes show: a beat of four.
pub const LEAST_BARS: f32 = 0.25;

/// What the panel below the lanes shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Page {
    /// A lane's knobs.
    #[default]
    Knobs,
    /// A lane's instrument: macro knobs, patch, SoundFont.
    Sound,
    /// A lane's strip of the mixer.
    Strip,
    /// A lane's techniques.
    Lane,
    /// The band's techniques.
    Band,
    /// Takes of a lane.
    Takes,
}

/// Saved with the project. Unknown or missing fields take their defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditorState {
    /// Width in points, before zoom.
    pub width: f32,
    /// Height in points, before zoom.
    pub height: f32,
    /// Zoom on top of the system's scale.
    pub zoom_percent: u16,
    /// Place in `Lane::ALL` of the lane whose knobs are shown.
    pub lane: u8,
    /// Which page of it.
    pub page: Page,
    /// Bars that the lanes show.
    pub bars_shown: f32,
    /// First bar that they show.
    pub first_bar: f32,
    /// Lowest and highest pitch of a lane under the hand; both 0: what fits its notes.
    pub pitches: [[u8; 2]; LANES],
    /// Under the hand, only pitches and pieces that are played have a line.
    pub fold: bool,
    /// The lanes turn their page with the playhead.
    pub follow: bool,
    /// The mixer stands in the lanes' place.
    pub mixer: bool,
    /// The chosen lane is under the hand: it has the room, and its notes are edited.
    pub editing: bool,
}

impl Default for EditorState {
    fn default() -> Self {
        EditorState {
            width: theme::DEFAULT_SIZE.0,
            height: theme::DEFAULT_SIZE.1,
            zoom_percent: 100,
            lane: 0,
            page: Page::Knobs,
            bars_shown: 8.0,
            first_bar: 0.0,
            pitches: [[0; 2]; LANES],
            fold: false,
            follow: true,
            mixer: false,
            editing: false,
        }
    }
}

impl EditorState {
    /// With every field inside its range, whatever a damaged state said.
    pub fn mended(self) -> EditorState {
        let plain = |value: f32, low: f32, high: f32, or: f32| {
            if value.is_finite() {
                value.clamp(low, high)
            } else {
                or
            }
        };
        EditorState {
            width: plain(self.width, theme::MIN_SIZE.0, 8000.0, theme::DEFAULT_SIZE.0),
            height: plain(
                self.height,
                theme::MIN_SIZE.1,
                8000.0,
                theme::DEFAULT_SIZE.1,
            ),
            zoom_percent: self
                .zoom_percent
                .clamp(*ZOOM_PERCENT.start(), *ZOOM_PERCENT.end()),
            lane: self.lane.min(LANES as u8 - 1),
            page: self.page,
            bars_shown: plain(
                self.bars_shown,
                LEAST_BARS,
                f32::from(*FORM_BARS.end()),
                8.0,
            ),
            first_bar: plain(self.first_bar, 0.0, f32::from(*FORM_BARS.end()), 0.0),
            pitches: self
                .pitches
                .map(|[low, high]| match low < high && high <= 127 {
                    true => [low, high],
                    false => [0; 2],
                }),
            fold: self.fold,
            follow: self.follow,
            mixer: self.mixer,
            editing: self.editing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_state_opens_a_usable_window() {
        let broken = EditorState {
            width: f32::NAN,
            height: -4.0,
            zoom_percent: 9000,
            lane: 77,
            page: Page::Band,
            bars_shown: 0.0,
            first_bar: f32::INFINITY,
            pitches: [[90, 20]; LANES],
            fold: false,
            follow: true,
            mixer: true,
            editing: true,
        };
        let mended = broken.mended();
        assert_eq!(
            (mended.width, mended.height),
            (theme::DEFAULT_SIZE.0, theme::MIN_SIZE.1)
        );
        assert_eq!(
            (mended.zoom_percent, mended.lane, mended.bars_shown),
            (300, 5, LEAST_BARS)
        );
        assert_eq!((mended.first_bar, mended.pitches), (0.0, [[0; 2]; LANES]));
        assert_eq!(EditorState::default().mended(), EditorState::default());
    }
}
