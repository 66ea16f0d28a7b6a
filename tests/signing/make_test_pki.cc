// make_test_pki DIR [OCSP_URL [CRL_URL]]: the test PKI as files, for trials by hand and for end-to-end tests.
#include <cstdio>
#include <exception>

#include "tests/signing/pki.h"

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "usage: make_test_pki DIR [OCSP_URL [CRL_URL]]\n");
    return 2;
  }
  try {
    vanthu::signing::pki::PkiOptions options;
    options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (argc > 2) options.ocsp_url = argv[2];
    if (argc > 3) options.crl_url = argv[3];
    vanthu::signing::pki::Pki pki(options);
    vanthu::signing::pki::WritePki(pki, argv[1]);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "make_test_pki: %s\n", e.what());
    return 70;
  }
  return 0;
}
