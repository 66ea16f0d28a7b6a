# Every third-party library of the program, found once, as imported targets. All are Debian 12 packages (see `dev`).
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(TIFF REQUIRED)
find_package(ZLIB REQUIRED)
find_package(GTest REQUIRED)
pkg_check_modules(Poppler REQUIRED IMPORTED_TARGET poppler)
pkg_check_modules(PopplerCpp REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(Tesseract REQUIRED IMPORTED_TARGET tesseract)
pkg_check_modules(Lcms2 REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(HarfBuzz REQUIRED IMPORTED_TARGET harfbuzz harfbuzz-subset)
pkg_check_modules(LibZip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(Xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)

# Debian 12's PoDoFo 0.9.8 has neither a CMake config nor a version in its .pc file.
find_path(PODOFO_INCLUDE_DIR podofo/podofo.h REQUIRED)
find_library(PODOFO_LIBRARY podofo REQUIRED)
add_library(PoDoFo::PoDoFo UNKNOWN IMPORTED)
set_target_properties(PoDoFo::PoDoFo PROPERTIES
  IMPORTED_LOCATION ${PODOFO_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${PODOFO_INCLUDE_DIR})

# OpenCV's CMake config comes only with libopencv-dev, which pulls in all of OpenCV (GUI, video, Java); two modules do.
find_path(OPENCV_INCLUDE_DIR opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
foreach(module core imgproc)
  find_library(OPENCV_${module}_LIBRARY opencv_${module} REQUIRED)
  add_library(OpenCV::${module} UNKNOWN IMPORTED)
  set_target_properties(OpenCV::${module} PROPERTIES
    IMPORTED_LOCATION ${OPENCV_${module}_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${OPENCV_INCLUDE_DIR})
endforeach()
