//! The editor of the VST3 build in its host's window.

// What plays is the test's `vst3`.
#[allow(dead_code)]
#[path = "../vst3_rig/mod.rs"]
mod rig;

use std::ffi::c_void;
use std::time::{Duration, Instant};

use ::vst3::ComPtr;
use ::vst3::Steinberg::Vst::IEditControllerTrait;
use ::vst3::Steinberg::{
    IPlugView, IPlugViewTrait, ViewRect, kPlatformTypeX11EmbedWindowID, kResultOk,
};
use tests::gui_rig::{self, DRAWN, colours};
use tests::paths::vst3_under_test;

use super::{link_fills, xdotool};
use rig::Vst3Rig;

/// Longest that the editor is waited for, as in the window of a CLAP.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor; it leaves its window when it is dropped.
struct View(ComPtr<IPlugView>);

impl View {
    fn of(rig: &Vst3Rig) -> View {
        // SAFETY: the controller lives; the name ends with a zero; what is made is the caller's.
        let view = unsafe { ComPtr::from_raw(rig.controller.createView(c"editor".as_ptr())) };
        View(view.expect("an editor"))
    }
    /// How large it wants to be, pixels.
    fn size(&self) -> (u16, u16) {
        let (left, top, right, bottom) = (0, 0, 0, 0);
        let mut rect = ViewRect {
            left,
            top,
            right,
            bottom,
        };
        // SAFETY: the plug-in fills the rectangle.
        assert_eq!(unsafe { self.0.getSize(&mut rect) }, kResultOk);
        (rect.right as u16, rect.bottom as u16)
    }
    /// Puts it into a window, which has to live as long as it.
    fn attach(&self, window: u32) {
        // SAFETY: X11's windows are numbers, given in a pointer's place.
        let attached = unsafe {
            self.0.attached(
                window as usize as *mut c_void,
                kPlatformTypeX11EmbedWindowID,
            )
        };
        assert_eq!(attached, kResultOk, "the editor cannot be embedded in X11");
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: it may be removed whether or not it was attached.
        unsafe { self.0.removed() };
    }
}

/// Hosts of VST3 say it by `IHostApplication::getName`; Cubase's page of the manual is the fifth.
#[test]
fn the_page_of_keys_shows_the_host_by_the_name_of_its_application() {
    let (connection, _) = x11rb::connect(None).expect("a display");
    let rig = Vst3Rig::load_in("Cubase Pro 13", &vst3_under_test());
    let view = View::of(&rig);
    let size = view.size();
    let window = gui_rig::window(&connection, size).unwrap();
    view.attach(window);
    let wait_for = |what: &str, done: &dyn Fn(&[u8]) -> bool| {
        let until = Instant::now() + PATIENCE;
        loop {
            let picture = gui_rig::picture(&connection, size).unwrap();
            if done(&picture) {
                return picture;
            }
            assert!(Instant::now() < until, "{what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait_for("the editor drew nothing", &|picture| {
        colours(picture) > DRAWN
    });
    // "?" in the top bar; away from it, so that no link is under the mouse.
    let (width, question) = (usize::from(size.0), size.0 - 109);
    xdotool(&["mousemove", &question.to_string(), "29", "click", "1"]);
    xdotool(&["mousemove", "20", "400"]);
    let picture = wait_for("no link is filled as none other", &|picture| {
        let fills = link_fills(picture, width);
        fills.iter().any(|own| *own != fills[0])
    });
    let fills = link_fills(&picture, width);
    let others = [0, 1, 2, 3, 5, 6].map(|at| fills[at]);
    assert!(others.iter().all(|own| *own == others[0]), "{fills:?}");
    assert_ne!(fills[4], others[0], "Cubase's link is as the others");
}
