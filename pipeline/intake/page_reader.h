// PageContent -> Page: words, rulings, marks, the verdict on the text layer, and the upright frame.
#pragma once

#include "pipeline/intake/page_content.h"
#include "pipeline/model/page.h"

namespace vanthu::intake {

Page ReadContent(const PageContent& content, int index);

}  // namespace vanthu::intake
