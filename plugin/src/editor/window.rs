//! What the framework opens: a window of the size and zoom that the project remembers.
//!
//! The framework's own editor fixes its first size when the instance is made, before the project is loaded.
//! So each opening makes a fresh one from what the parameters' `editor` field says at that moment.

use std::error::Error;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use nice_plug::context::gui::GuiContext;
use nice_plug::editor::dpi::{LogicalSize, NativeSize, Size};
use nice_plug::editor::{
    Editor, HostMethods, ParentWindowHandle, ResizeHint, SizeConstraints, SpawnedEditor,
};
use nice_plug_egui::{EguiEditorState, EguiNiceSettings, create_egui_editor};

use super::app::App;
use super::handle::{MainThread, MuseHandle, Open, PhysicalSize};
use super::state::EditorState;
use crate::handoff::Shared;
use crate::params::MuseParams;

/// Shortest time between two frames that the audio thread or the worker asked for.
const FRAME: Duration = Duration::from_millis(33);

/// Smallest window that a host may give, points: below the layout's own smallest size it scrolls.
const SMALLEST: LogicalSize<f32> = LogicalSize {
    width: 640.0,
    height: 420.0,
};

/// The plug-in's editor.
pub struct MuseEditor {
    params: Arc<MuseParams>,
    shared: Arc<Shared>,
    size: PhysicalSize,
    open: Open,
}

/// The editor of an instance.
pub fn create(params: &Arc<MuseParams>, shared: &Arc<Shared>) -> MuseEditor {
    MuseEditor {
        params: params.clone(),
        shared: shared.clone(),
        size: PhysicalSize::default(),
        open: Open::default(),
    }
}

impl MuseEditor {
    fn state(&self) -> EditorState {
        self.params.editor.get::<EditorState>().mended()
    }
}

fn hint() -> ResizeHint {
    ResizeHint {
        can_resize: true,
        can_resize_horizontally: true,
        can_resize_vertically: true,
        size_constraints: SizeConstraints::Logical {
            min_size: Some(SMALLEST),
            max_size: None,
        },
        ..ResizeHint::NON_RESIZABLE
    }
}

impl Editor for MuseEditor {
    type Handle = MuseHandle;

    fn spawn(
        &self,
        parent: Option<ParentWindowHandle>,
        wait_for_parent: bool,
        fallback_scale_factor: Option<f64>,
        host_context: GuiContext,
        host: Option<HostMethods>,
    ) -> Result<SpawnedEditor<MuseHandle>, Box<dyn Error>> {
        let state = self.state();
        let zoom = f32::from(state.zoom_percent) / 100.0;
        let size = Size::Logical(LogicalSize::new(
            f64::from(state.width),
            f64::from(state.height),
        ));
        let settings = EguiNiceSettings::new()
            .with_tile("MuseAroo")
            .with_resize_hint(hint())
            .with_repaint_poll_interval(FRAME);
        // A prompt that was answered after its window closed.
        self.shared.project.tell();
        let (host, main_thread) = match host {
            Some(host) => {
                let main_thread = MainThread::new(host.main_thread_caller);
                let host = HostMethods {
                    callbacks: host.callbacks,
                    main_thread_caller: Box::new(main_thread.clone()),
                };
                (Some(host), Some(main_thread))
            }
            None => (None, None),
        };
        let app = App::new(
            self.params.clone(),
            self.shared.clone(),
            state,
            self.size.clone(),
            main_thread,
        );
        let egui_state = EguiEditorState::from_size(size, zoom);
        let editor = create_egui_editor(egui_state, self.shared.repaint.clone(), settings, app)
            .ok_or("the window could not be made")?;
        let SpawnedEditor { handle, window } = editor.spawn(
            parent,
            wait_for_parent,
            fallback_scale_factor,
            host_context,
            host,
        )?;
        let physical = window.size().physical;
        self.size.put(physical.width, physical.height);
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(editor);
        Ok(SpawnedEditor {
            handle: MuseHandle {
                inner: handle,
                project: self.shared.project.clone(),
                open: self.open.clone(),
            },
            window,
        })
    }

    fn size(&self) -> NativeSize<u32> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*open, self.size.get()) {
            (Some(editor), Some((width, height))) if cfg!(not(target_os = "macos")) => {
                let _ = editor;
                NativeSize { width, height }
            }
            _ => {
                let state = self.state();
                let zoom = f64::from(state.zoom_percent) / 100.0;
                let (width, height) = (
                    f64::from(state.width) * zoom,
                    f64::from(state.height) * zoom,
                );
                NativeSize {
                    width: width.round() as u32,
                    height: height.round() as u32,
                }
            }
        }
    }

    fn resize_hint(&self) -> ResizeHint {
        hint()
    }

    fn track_info_updated(&self, _info: nice_plug::prelude::TrackInfo) {}

    unsafe fn assume_standalone_in_process(&self) {
        if let Some(editor) = &*self.open.lock().unwrap_or_else(PoisonError::into_inner) {
            // SAFETY: the caller's promise is passed on.
            unsafe { editor.assume_standalone_in_process() };
        }
    }
}
