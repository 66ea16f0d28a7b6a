// How this room takes libjpeg's errors. Private to the room.
#pragma once

#include <cstdio>

// After cstdio: jpeglib.h uses FILE without declaring it.
#include <jerror.h>
#include <jpeglib.h>

#include <csetjmp>

namespace vanthu::ocr {

// libjpeg reports by a call that must not return; it jumps back into the function that holds the state.
// Nothing with a destructor lives between the jump and its target.
struct JpegErrors {
  jpeg_error_mgr manager;
  std::jmp_buf back;
  char message[JMSG_LENGTH_MAX] = {};
};

inline void JumpBack(j_common_ptr state) {
  auto* errors = reinterpret_cast<JpegErrors*>(state->err);
  state->err->format_message(state, errors->message);
  std::longjmp(errors->back, 1);
}

inline void Silent(j_common_ptr, int) {}

}  // namespace vanthu::ocr
