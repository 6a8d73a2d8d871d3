-- Headless Ardour: MuseAroo on one track, its MIDI output recorded on another, its notes printed as
-- `note<tab>key<tab>velocity<tab>start<tab>length`, places as Ardour writes quarters: beats:ticks.
-- PLUGIN, SESSION and SECONDS come from the environment. No display is needed.
local name, folder = os.getenv("PLUGIN"), os.getenv("SESSION")
local seconds = tonumber(os.getenv("SECONDS"))
local sleep = sleep or function(n) os.execute("sleep " .. n) end
local RATE = 48000

local backend = AudioEngine:set_backend("None (Dummy)", "", "")
backend:set_device_name("Silence")
backend:set_buffer_size(512)
backend:set_sample_rate(RATE)
local session = create_session(folder, "probe", RATE)
local plugin = ARDOUR.LuaAPI.new_plugin_info(name, ARDOUR.PluginType.VST3)
local count, data = ARDOUR.ChanCount, ARDOUR.DataType
local last, normal = ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal
local midi = count(data("midi"), 1)

local play = session:new_midi_track(midi, count(data("audio"), 2), false, plugin, nil, nil, 1, "Play", last, normal, true):front()
local record = session:new_midi_track(midi, midi, false, ARDOUR.PluginInfo(), nil, nil, 1, "Record", last, normal, true):front()
record:input():disconnect_all(nil)
for index = 0, play:output():n_ports():n_total() - 1 do
  local port = play:output():nth(index)
  if not port:to_midiport():isnil() then
    port:disconnect_all()
    record:input():nth(0):connect(port:name())
  end
end

record:rec_enable_control():set_value(1, PBD.GroupControlDisposition.NoGroup)
session:maybe_enable_record(false)
session:request_roll(ARDOUR.TransportRequestSource.TRS_UI)
sleep(seconds)
session:request_stop(false, false, ARDOUR.TransportRequestSource.TRS_UI)
sleep(2)
for region in record:playlist():region_list():iter() do
  for note in ARDOUR.LuaAPI.note_list(region:to_midiregion():model()):iter() do
    print("note", note:note(), note:velocity(), tostring(note:time()), tostring(note:length()))
  end
end
